/** A prekey as it was stored, Base64 text and id. */
export interface WalkedKey {
  readonly keyId: number
  readonly publicKey: string
  readonly identityKey: string
}

/** The prekeys of a walk by the names that asks give them; an id and an identity key may be those of several. */
export class KeyNames {
  readonly #keys = new Map<string, WalkedKey>()

  /** The key of that name, made on its first mention. */
  drawn(name: string, make: () => WalkedKey): WalkedKey {
    const known = this.#keys.get(name)
    if (known !== undefined) return known
    const key = make()
    this.#keys.set(name, key)
    return key
  }

  /** The name of the key with that public key; undefined where none has it. */
  ofPublicKey(publicKey: string): string | undefined {
    return this.#find((key) => key.publicKey === publicKey)
  }

  /** `name` where the key of that name has the part, else the name of one that has, or undefined. */
  ofPart(name: string, has: (key: WalkedKey) => boolean): string | undefined {
    const key = this.#keys.get(name)
    return key !== undefined && has(key) ? name : this.#find(has)
  }

  #find(has: (key: WalkedKey) => boolean): string | undefined {
    for (const [name, key] of this.#keys) if (has(key)) return name
    return undefined
  }
}
