import { NeedleIndex } from './needle-index.ts'
import type { FoundSecret, Segment } from './secret-forms.ts'

/** What folds a text or gives it in pieces: line ends, as such and escaped, blanks, quotes, commas. */
const BREAKS = /\\+[nrt]|\\+(?![nrt\\])|[\s"',]+/g

/** Shorter ones would be found where digits of a list happen to stand so. */
const SHORTEST_SPLIT = 6

/** Secrets that a server has folded, or given in pieces: `"hunt","er22"`. */
export class SplitSecrets {
  readonly #needles = new NeedleIndex()

  /** Looks for that spelling from now on, where it is long enough. */
  add(secret: FoundSecret): void {
    const text = dense(secret.text)
    if (text.length >= SHORTEST_SPLIT) this.#needles.add({ ...secret, text })
  }

  /** A text in which no secret stands in one piece, in stretches: those that say one are secrets, breaks included. */
  segments(text: string): readonly Segment[] {
    const hits = this.#hits(dense(text), text.length)
    if (hits.length === 0) return [{ kind: 'plain', text }]
    const places = placesOf(text)
    const found: Segment[] = []
    let plainFrom = 0
    for (const { at, secret } of hits) {
      const [from = 0, last = 0] = [places[at], places[at + secret.text.length - 1]]
      if (from > plainFrom) found.push({ kind: 'plain', text: text.slice(plainFrom, from) })
      found.push({ ...secret, text: text.slice(from, last + 1) })
      plainFrom = last + 1
    }
    return plainFrom < text.length ? [...found, { kind: 'plain', text: text.slice(plainFrom) }] : found
  }

  #hits(text: string, length: number): readonly Hit[] {
    if (text.length === length) return []
    const hits: Hit[] = []
    for (let at = 0; at < text.length; at += 1) {
      const secret = this.#needles.at(text, at)
      if (secret === null) continue
      hits.push({ at, secret })
      at += secret.text.length - 1
    }
    return hits
  }
}

/** A secret, and where it begins in a text without breaks. */
interface Hit {
  readonly at: number
  readonly secret: FoundSecret
}

function dense(text: string): string {
  return text.replace(BREAKS, '')
}

/** Where each character of the dense text stands in the text. */
function placesOf(text: string): readonly number[] {
  const places: number[] = []
  let from = 0
  const take = (to: number): void => {
    for (; from < to; from += 1) places.push(from)
  }
  for (const { index, 0: gap } of text.matchAll(BREAKS)) {
    take(index)
    from = index + gap.length
  }
  take(text.length)
  return places
}
