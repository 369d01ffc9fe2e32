import { withBody, type WireRequest } from '#driver/wire-request.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import type { Values } from '#model/ask.ts'

const MALFORMED: Readonly<Record<string, (text: string) => string>> = {
  'cut in half': (text) => text.slice(0, text.length / 2),
  'no JSON': () => 'hello',
  'an empty object': () => '{}',
  'an empty list': () => '[]',
}

/** The JSON of a request as its ask says that it is. */
export function bodySaid({ body }: Values, text: string): string {
  return body === undefined ? text : (MALFORMED[body]?.(text) ?? text)
}

/** The request with its body as its ask says that it is. */
export function withBodySaid(request: WireRequest, values: Values): WireRequest {
  if (values['body'] === undefined) return request
  return withBody(request, bodySaid(values, fromUtf8(request.body ?? new Uint8Array()) ?? ''))
}
