/** A key as a device uploaded it: the texts are kept as they came (RELAY-KEYS-07). */
export interface StoredPrekey {
  readonly keyId: number
  readonly publicKey: string
  readonly identityKey: string
  readonly lastResort: boolean
}

/** A key that was handed out. `at` is in ms. */
export interface HandOut {
  readonly prekey: StoredPrekey
  /** The number or the peer that got it. */
  readonly to: string
  readonly at: number
}

/** The keys of one device, as the rules see them: to read, never to write. */
export interface Prekeys {
  /** How many are left, the last resort key among them. */
  readonly size: number
  /** The one with the smallest id of those that are left. */
  readonly smallest: StoredPrekey | undefined
  /** What is left, by ascending id. */
  remaining(): readonly StoredPrekey[]
  /** What was uploaded, used up or not, by ascending id. */
  readonly uploaded: readonly StoredPrekey[]
  readonly latest: HandOut | undefined
}

/** The keys of one device, sorted once; taking the smallest then takes the same time at any size. */
export class PrekeyQueue implements Prekeys {
  readonly uploaded: readonly StoredPrekey[]
  readonly #used = new Set<StoredPrekey>()
  /** Every key before this place is used up. */
  #first = 0
  latest: HandOut | undefined

  constructor(prekeys: readonly StoredPrekey[]) {
    this.uploaded = [...prekeys].sort((left, right) => left.keyId - right.keyId)
  }

  get size(): number {
    return this.uploaded.length - this.#used.size
  }

  get smallest(): StoredPrekey | undefined {
    return this.uploaded[this.#first]
  }

  remaining(): readonly StoredPrekey[] {
    return this.uploaded.slice(this.#first).filter((prekey) => !this.#used.has(prekey))
  }

  /** Notes that a key was handed out; one that is used up is gone for good. */
  handOut(handOut: HandOut, usedUp: boolean): void {
    this.latest = handOut
    if (usedUp) this.#used.add(handOut.prekey)
    for (let key = this.smallest; key !== undefined && this.#used.has(key); key = this.smallest) this.#first++
  }
}
