import { withBody, type WireRequest } from '#driver/wire-request.ts'
import { textWith } from '../support/json-paths.ts'
import { jsonIn } from '../support/odd-requests.ts'

/** A way to spoil a body: the place of a member, and what stands there instead; nothing where it is left out. */
export interface Spoilt {
  readonly path: string
  readonly value?: unknown
}

/** Bytes that a body cut short lacks: the closing bracket and brace. */
const CLOSING_BYTES = 2

/** Whole bodies that stand in place of the right one. */
const TEXTS: Readonly<Record<string, string>> = {
  empty: '',
  'not JSON': 'hello',
  'a list': '[]',
  'an empty object': '{}',
}

/** The request with its body spoilt in that way; as it is where the ask names none. */
export function spoilt(
  request: WireRequest,
  way: string | undefined,
  ways: Readonly<Record<string, Spoilt>>,
): WireRequest {
  if (way === undefined) return request
  const text = TEXTS[way]
  if (text !== undefined) return withBody(request, text)
  if (way === 'cut') return withBody(request, (request.body ?? new Uint8Array()).slice(0, -CLOSING_BYTES))
  const known = ways[way]
  if (known === undefined) throw new Error(`body: expected ${Object.keys(ways).join(', ')}; got "${way}"`)
  return withBody(request, textWith(jsonIn(request), known.path, known.value))
}
