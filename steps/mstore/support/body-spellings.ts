import { type WireRequest, withBody } from '#driver/wire-request.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { SPELLINGS as SAME } from './json-spellings.ts'

/** How the text of a JSON body can be written so that it says more than before, or is no JSON or another. */
const CHANGES: Readonly<Record<string, (text: string) => string>> = {
  'backslashes escaped': (text) => text.replaceAll('\\\\', '\\u005c'),
  'with further members': (text) => text.replace(/^\{/, '{"x-further":{"a":[1,null]},'),
  'cut off': (text) => text.slice(0, -2),
  'in a list': (text) => `[${text}]`,
  'as a text': (text) => JSON.stringify(text),
  'with a comma too many': (text) => text.replace(/\}$/, ',}'),
  'with something behind it': (text) => `${text} and more`,
  'in single quotes': (text) => text.replaceAll('"', "'"),
}

/** A request with its JSON body in the spelling of that name; throws where there is none. */
export function spelledOtherwise(request: WireRequest, spelling: string): WireRequest {
  const text = fromUtf8(request.body ?? new Uint8Array()) ?? ''
  const same = SAME[spelling]
  if (same !== undefined) return withBody(request, same(JSON.parse(text) as object))
  return withBody(request, namedEntry('spelling', CHANGES, spelling)(text))
}
