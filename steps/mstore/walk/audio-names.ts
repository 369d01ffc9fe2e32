import { createHash } from 'node:crypto'

/** The names of audio, by its bytes. */
export class AudioNames {
  readonly #names = new Map<string, string>()
  readonly #bytes = new Map<string, Uint8Array>()

  /** The bytes that go by that name, made where there are none yet. */
  bytesOf(name: string, make: () => Uint8Array): Uint8Array {
    const known = this.#bytes.get(name)
    if (known !== undefined) return known
    const made = make()
    this.#bytes.set(name, made)
    this.#names.set(digest(made), name)
    return made
  }

  /** The name of bytes that came back; `unknown "…"` where none were given out. */
  nameOf(bytes: Uint8Array): string {
    const hash = digest(bytes)
    return this.#names.get(hash) ?? `unknown "${hash.slice(0, 12)}, ${bytes.length} bytes"`
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
