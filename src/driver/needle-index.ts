import { SHORTEST_SECRET, type FoundSecret } from './secret-forms.ts'

/** Pairs of characters are distinguished by this many bits. */
const PAIR_BITS = 12

/** Spellings of secrets, looked for in a text in one pass. */
export class NeedleIndex {
  /** By their first four characters, longest first. */
  readonly #needles = new Map<string, readonly FoundSecret[]>()
  /** For each pair of characters, whether some needle may begin with it; most places are skipped by this alone. */
  readonly #beginnings = new Uint8Array(2 ** PAIR_BITS)
  #longest = 0

  /** The bytes of the longest spelling, in UTF-8. */
  get longest(): number {
    return this.#longest
  }

  /** Looks for that spelling from now on; it has four characters at least. */
  add(secret: FoundSecret): void {
    const start = secret.text.slice(0, SHORTEST_SECRET)
    const known = this.#needles.get(start) ?? []
    if (known.some(({ text }) => text === secret.text)) return
    this.#beginnings[pairAt(start, 0)] = 1
    this.#needles.set(
      start,
      [...known, secret].sort((a, b) => b.text.length - a.text.length),
    )
    this.#longest = Math.max(this.#longest, Buffer.byteLength(secret.text))
  }

  /** The longest that begins at that place of the text; null where none does. */
  at(text: string, place: number): FoundSecret | null {
    if (this.#beginnings[pairAt(text, place)] === 0) return null
    const candidates = this.#needles.get(text.slice(place, place + SHORTEST_SECRET))
    return candidates?.find((secret) => text.startsWith(secret.text, place)) ?? null
  }
}

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << (PAIR_BITS / 2)) ^ text.charCodeAt(at + 1)) & (2 ** PAIR_BITS - 1)
}
