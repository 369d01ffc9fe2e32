import { type WireRequest, withBody } from '#driver/wire-request.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { membersOf, isObject } from '#protocol/mstore/members.ts'
import { namedEntry } from '../../shared/named-entry.ts'

/** How the text of a JSON body can be written otherwise: the first are still that JSON, the others none or another. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'with escapes': (text) => text.replaceAll('\\\\', '\\u005c').replaceAll('/', '\\/'),
  'in many lines': (text) => `\n${JSON.stringify(JSON.parse(text), null, 4)}\n`,
  'in another order': (text) => JSON.stringify(reversed(JSON.parse(text))),
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
  return withBody(request, namedEntry('spelling', SPELLINGS, spelling)(text))
}

/** The same value with the members of each object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isObject(value)) return value
  const members = Object.entries(membersOf(value)).toReversed()
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]))
}
