import type { RecordedBytes } from '#evidence/exchange.ts'
import { cutSegments } from './kept-bytes.ts'
import { NeedleIndex } from './needle-index.ts'
import { placeSecrets, type SecretStretch } from './place-secrets.ts'
import { type FoundSecret, type Segment, SHORTEST_SECRET, secretForms } from './secret-forms.ts'
import { SplitSecrets } from './split-secrets.ts'

/** How many times as long as in one piece a secret may be that is split at the edge of what is kept. */
const MOST_BREAKS = 2

/** Bytes of a body that are kept in a record; more are counted but not kept. */
export const KEPT_BODY_BYTES = 4096

/**
 * What must never be shown: passwords, verification codes, keys. Each is recognised raw, in Base64 (alone
 * or within the Base64 of a longer text), in hexadecimal, percent-encoded, JSON-escaped and, of digits, as they are
 * read out, also where a text is folded or given in pieces, and replaced by ‹name›; so is what lets one in of every place that
 * JSON gives out as `location`, remembered or not. This is the one place where that is done.
 */
export class Secrets {
  readonly #needles = new NeedleIndex()
  readonly #split = new SplitSecrets()
  readonly #known = new Set<string>()
  /** Of fewer characters than are looked for anywhere: these are found only where they stand alone. */
  readonly #short = new Map<string, string>()
  readonly #headers = new Set<string>()
  #numbers = false

  /** Remembers a secret. One of fewer than four characters is hidden where it stands alone, not within a word. */
  add(value: string, name: string): void {
    if (value === '' || this.#known.has(value)) return
    this.#known.add(value)
    if (value.length < SHORTEST_SECRET) {
      this.#short.set(value, name)
      return
    }
    for (const { text, form } of secretForms(value)) {
      this.#needles.add({ kind: 'secret', text, name, form })
      this.#split.add({ kind: 'secret', text, name, form })
    }
  }

  /** Remembers a header whose value is never shown, whatever it is. */
  addHeader(name: string, value: string): void {
    this.#headers.add(name.toLowerCase())
    this.add(value, name)
  }

  /** Whether the header of that name is one that was remembered. */
  hidesHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase())
  }

  /** From now on phone numbers are shown by their last two digits alone; `known` are those that are written without a plus. */
  hideNumbers(known: readonly string[] = []): void {
    this.#numbers = true
    for (const number of known) this.#addNumber(number.replace(/^\+/, ''))
  }

  #addNumber(digits: string): void {
    this.add(digits.slice(0, -SHOWN_DIGITS), NUMBER)
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
    const window = Buffer.from(bytes.subarray(0, limit + MOST_BREAKS * this.#needles.longest))
    return cutSegments(window, bytes.length, { limit, segments: (text) => this.segments(text), shown })
  }

  /** The text in stretches, in order; joined they are the text. */
  segments(text: string): readonly Segment[] {
    return this.#whole(text).flatMap((segment) =>
      segment.kind === 'plain' ? this.#split.segments(segment.text) : [segment],
    )
  }

  /** The same with the secrets alone that stand in one piece. */
  #whole(text: string): readonly Segment[] {
    const found: Segment[] = []
    const places = placeSecrets(text)
    let plainFrom = 0
    let next = 0
    for (let at = 0; at < text.length;) {
      while ((places[next]?.to ?? Infinity) <= at) next += 1
      const secret =
        this.#needles.at(text, at) ??
        this.#shortAt(text, at) ??
        this.#numberAt(text, at) ??
        placeAt(text, at, places[next])
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

  #shortAt(text: string, at: number): FoundSecret | null {
    if (this.#short.size === 0 || isWordAt(text, at - 1)) return null
    for (const [value, name] of this.#short) {
      if (text.startsWith(value, at) && !isWordAt(text, at + value.length))
        return { kind: 'secret', text: value, name, form: 'plain' }
    }
    return null
  }

  /** A phone number with its plus, whose digits are looked for without it from then on. */
  #numberAt(text: string, at: number): FoundSecret | null {
    if (!this.#numbers || (text[at] !== '+' && text[at] !== '%')) return null
    PHONE_NUMBER.lastIndex = at
    const [whole, digits] = PHONE_NUMBER.exec(text) ?? []
    if (whole === undefined || digits === undefined) return null
    this.#addNumber(digits)
    return { kind: 'secret', text: whole.slice(0, -SHOWN_DIGITS), name: NUMBER, form: 'plain' }
  }
}

const NUMBER = 'number'
/** Digits of a phone number that stay. */
const SHOWN_DIGITS = 2
const PHONE_NUMBER = /(?:\+|%2[Bb])([1-9][0-9]{6,14})(?![0-9])/y

/** What is left of a stretch from there on; null where it begins behind. */
function placeAt(text: string, at: number, stretch: SecretStretch | undefined): FoundSecret | null {
  if (stretch === undefined || at < stretch.from) return null
  return { kind: 'secret', text: text.slice(at, stretch.to), name: stretch.name, form: 'plain' }
}

function isWordAt(text: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(text.charAt(at))
}

function shown(secret: FoundSecret): string {
  return `‹${secret.name}›`
}
