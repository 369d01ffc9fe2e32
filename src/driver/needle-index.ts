import { SHORTEST_SECRET, type FoundSecret } from './secret-forms.ts'

/** Pairs of characters are distinguished by this many bits. */
const PAIR_BITS = 12

/** Spellings of secrets, looked for in a text in one pass. Adding one takes the same time however many there are. */
export class NeedleIndex {
  /** By their first four characters. */
  readonly #needles = new Map<string, NeedleBucket>()
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
    const bucket = this.#needles.get(start) ?? { byText: new Map(), lengths: [] }
    if (bucket.byText.has(secret.text)) return
    this.#beginnings[pairAt(start, 0)] = 1
    this.#needles.set(start, bucket)
    bucket.byText.set(secret.text, secret)
    addLength(bucket.lengths, secret.text.length)
    this.#longest = Math.max(this.#longest, Buffer.byteLength(secret.text))
  }

  /** The longest that begins at that place of the text; null where none does. */
  at(text: string, place: number): FoundSecret | null {
    if (this.#beginnings[pairAt(text, place)] === 0) return null
    const bucket = this.#needles.get(text.slice(place, place + SHORTEST_SECRET))
    for (const length of bucket?.lengths ?? []) {
      if (place + length > text.length) continue
      const secret = bucket?.byText.get(text.slice(place, place + length))
      if (secret !== undefined) return secret
    }
    return null
  }
}

/** Spellings that begin alike, and the lengths that they have, longest first. */
interface NeedleBucket {
  readonly byText: Map<string, FoundSecret>
  readonly lengths: number[]
}

function addLength(lengths: number[], length: number): void {
  if (lengths.includes(length)) return
  const shorter = lengths.findIndex((each) => each < length)
  lengths.splice(shorter === -1 ? lengths.length : shorter, 0, length)
}

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << (PAIR_BITS / 2)) ^ text.charCodeAt(at + 1)) & (2 ** PAIR_BITS - 1)
}
