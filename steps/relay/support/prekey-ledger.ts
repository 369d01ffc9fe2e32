import { toHex } from '#protocol/bytes.ts'
import type { PrekeyUploadBody, UploadedKey } from '#protocol/relay/prekeys.ts'

/** One entry of a prekey answer: its members as they came, whatever they are; undefined where they are absent. */
export interface PrekeyEntry {
  readonly deviceId: unknown
  readonly keyId: unknown
  readonly publicKey: unknown
  readonly identityKey: unknown
  readonly registrationId: unknown
}

/** A key that was uploaded for a device. */
export interface HeldKey {
  readonly device: number
  readonly key: UploadedKey
  readonly lastResort: boolean
}

/** An entry that a relay answered, and the key it is, as far as that is known; null where it is none known. */
export interface PrekeyHandedOut {
  readonly entry: PrekeyEntry
  readonly held: HeldKey | null
}

/** A request for prekeys that was granted. */
export interface GrantedFetch {
  /** The name of the party that asked. */
  readonly by: string
  /** The last part of the path: a device id or a star. */
  readonly asked: string
  readonly handOuts: readonly PrekeyHandedOut[]
}

interface StoredUpload {
  readonly device: number
  readonly held: readonly HeldKey[]
}

/** What a party uploaded for its devices, and what was handed out of it: outlives the party's registrations. */
export class PrekeyLedger {
  readonly #uploads: StoredUpload[] = []
  readonly #granted: GrantedFetch[] = []
  /** The identity key of the party, as text: one for all its devices, so that a relay may keep one for the account. */
  identityKey: string | undefined
  /** What is violated where the request made last is not granted. */
  grantedBy = 'RELAY-PREKEY-01'
  /** How many callers asked for a prekey at once; 0 before. */
  askedAtOnce = 0
  /** How those were answered, each status with its count: `17 of 200, 33 of 500`. */
  answeredAtOnce = ''

  /** The requests granted so far, oldest first. */
  get granted(): readonly GrantedFetch[] {
    return this.#granted
  }

  /** The relay took an upload for the device; it takes the place of what was there before. */
  store(device: number, { keys, lastResortKey }: PrekeyUploadBody): void {
    const oneTime = keys.map((key) => ({ device, key, lastResort: false }))
    this.#uploads.push({ device, held: [...oneTime, { device, key: lastResortKey, lastResort: true }] })
  }

  /** The relay granted a request: finds out which keys it handed out. */
  grant(by: string, asked: string, entries: readonly PrekeyEntry[]): GrantedFetch {
    const granted = { by, asked, handOuts: entries.map((entry) => ({ entry, held: this.#keyOf(entry) })) }
    this.#granted.push(granted)
    return granted
  }

  /** Every key uploaded so far, the newest upload first. */
  all(): readonly HeldKey[] {
    return this.#uploads.toReversed().flatMap(({ held }) => held)
  }

  /** The keys uploaded last for a device, the last resort key behind the others; none where nothing was. */
  current(device: number): readonly HeldKey[] {
    return this.#uploads.findLast((stored) => stored.device === device)?.held ?? []
  }

  /** Whether a key belongs to an upload that another has replaced. */
  isReplaced(held: HeldKey): boolean {
    return !this.current(held.device).includes(held)
  }

  /** The one-time keys of a device that are not handed out yet. */
  left(device: number): readonly HeldKey[] {
    return this.current(device).filter((held) => !held.lastResort && this.grantsOf(held).length === 0)
  }

  /** The requests that were answered with that key, oldest first. */
  grantsOf(held: HeldKey): readonly GrantedFetch[] {
    return this.#granted.filter(({ handOuts }) => handOuts.some((one) => one.held === held))
  }

  /** Whether a one-time key was handed out more than once. */
  isRepeated(held: HeldKey): boolean {
    return !held.lastResort && this.grantsOf(held).length > 1
  }

  /** How often a party was granted what it asked for in those words. */
  countOf(by: string, asked: string): number {
    return this.#granted.filter((one) => one.by === by && one.asked === asked).length
  }

  /**
   * The key that an entry is: by its public key, as text or as bytes in another form, else by its id and
   * device, so that one mistake of an entry does not hide which key it is.
   */
  #keyOf({ publicKey, keyId, deviceId }: PrekeyEntry): HeldKey | null {
    const all = this.all()
    const id = Number(keyId ?? 0)
    return (
      all.find(({ key }) => key.publicKey === publicKey) ??
      all.find(({ key }) => toHex(bytesOf(key.publicKey)) === toHex(bytesOf(publicKey))) ??
      all.find(({ device, key }) => key.keyId === id && device === Number(deviceId)) ??
      null
    )
  }
}

const HEXADECIMAL = /^(?:[0-9a-f]{2})+$/i

/** The bytes of a key in any form that a relay may have brought it to: Base64 of both alphabets, hexadecimal. */
function bytesOf(text: unknown): Uint8Array {
  if (typeof text !== 'string') return new Uint8Array()
  return new Uint8Array(Buffer.from(text, HEXADECIMAL.test(text) ? 'hex' : 'base64'))
}
