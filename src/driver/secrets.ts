import type { RecordedBytes } from '#evidence/exchange.ts'
import { cutSegments } from './kept-bytes.ts'
import { type FoundSecret, type Segment, SHORTEST_SECRET, secretForms } from './secret-forms.ts'

/** Pairs of characters are distinguished by this many bits. */
const PAIR_BITS = 12

/** Bytes of a body that are kept in a record; more are counted but not kept. */
export const KEPT_BODY_BYTES = 4096

/**
 * What must never be shown: passwords, verification codes, keys. Each is recognised raw, in Base64 (alone
 * or within the Base64 of a longer text), percent-encoded and JSON-escaped, and replaced by ‹name›.
 */
export class Secrets {
  /** By their first four characters, longest first. */
  readonly #needles = new Map<string, readonly FoundSecret[]>()
  readonly #known = new Set<string>()
  /** For each pair of characters, whether some needle may begin with it; most places are skipped by this alone. */
  readonly #beginnings = new Uint8Array(2 ** PAIR_BITS)
  #longest = 0

  /** Remembers a secret. One shorter than four characters is ignored: it would hide ordinary text. */
  add(value: string, name: string): void {
    if (value.length < SHORTEST_SECRET || this.#known.has(value)) return
    this.#known.add(value)
    for (const { text, form } of secretForms(value)) this.#remember({ kind: 'secret', text, name, form })
  }

  /** The text with every occurrence of a secret, the longest first, replaced by its name: ‹password›. */
  redact(text: string): string {
    return this.segments(text)
      .map((segment) => (segment.kind === 'plain' ? segment.text : shown(segment)))
      .join('')
  }

  /** A body as it may be kept: its first 4 KiB without secrets. A secret at the edge is replaced whole. */
  redactBytes(bytes: Uint8Array): RecordedBytes {
    const limit = KEPT_BODY_BYTES
    const window = Buffer.from(bytes.subarray(0, limit + this.#longest))
    return cutSegments(window, bytes.length, { limit, segments: (text) => this.segments(text), shown })
  }

  /** The text in stretches, in order; joined they are the text. */
  segments(text: string): readonly Segment[] {
    const found: Segment[] = []
    let plainFrom = 0
    for (let at = 0; at + SHORTEST_SECRET <= text.length;) {
      const secret = this.#secretAt(text, at)
      if (secret === null) {
        at += 1
        continue
      }
      if (at > plainFrom) found.push({ kind: 'plain', text: text.slice(plainFrom, at) })
      found.push(secret)
      at += secret.text.length
      plainFrom = at
    }
    return plainFrom < text.length ? [...found, { kind: 'plain', text: text.slice(plainFrom) }] : found
  }

  #secretAt(text: string, at: number): FoundSecret | null {
    if (this.#beginnings[pairAt(text, at)] === 0) return null
    const candidates = this.#needles.get(text.slice(at, at + SHORTEST_SECRET))
    return candidates?.find((secret) => text.startsWith(secret.text, at)) ?? null
  }

  #remember(secret: FoundSecret): void {
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
}

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << (PAIR_BITS / 2)) ^ text.charCodeAt(at + 1)) & (2 ** PAIR_BITS - 1)
}

function shown(secret: FoundSecret): string {
  return `‹${secret.name}›`
}
