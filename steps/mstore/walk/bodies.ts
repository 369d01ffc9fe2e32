import { withBody, type WireRequest } from '#driver/wire-request.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import type { Values } from '#model/ask.ts'

const MALFORMED: Readonly<Record<string, (text: string) => string>> = {
  'cut in half': (text) => text.slice(0, text.length / 2),
  'no JSON': () => 'hello',
  'an empty object': () => '{}',
  'an empty list': () => '[]',
  'with a comma too many': (text) => text.replace(/\}$/, ',}'),
  'with something behind it': (text) => `${text} and more`,
  'in single quotes': (text) => text.replaceAll('"', "'"),
  'with a comment': (text) => text.replace(/^\{/, '{/* so be it */'),
  'behind a byte order mark': (text) => `\uFEFF${text}`,
  'with a member twice': (text) => text.replace(/^\{(.*)\}$/s, '{$1,$1}'),
  'with a further member': (text) => text.replace(/^\{/, '{"x-further":[1,null],'),
  'with a leading zero': (text) => text.replace(/^\{/, '{"x-further":07,'),
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
