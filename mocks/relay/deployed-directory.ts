import { decodeLossy, encodeBase64 } from '#protocol/base64.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import { incomplete, mistyped, type BadBody, type BodyRules, type JsonMembers } from './bodies.ts'
import type { DirectoryRules, DirectoryQuery, ReadToken } from './directory.ts'

/** How the deployed relay reads a query of the directory (E-47). */
export const deployedDirectory: Patch<DirectoryRules> = {
  read: readQuery,
  token: readToken,
}

/** RELAY-DIRECTORY-18: null passes the parser, and breaks what comes after it. */
function readQuery({ contacts }: JsonMembers, bodies: BodyRules): DirectoryQuery | BadBody {
  if (bodies.isMissing(contacts)) return incomplete('contacts')
  if (!Array.isArray(contacts)) return mistyped('contacts', 'an array')
  const tokens: (string | null)[] = []
  for (const element of contacts) {
    const token = element === null ? null : bodies.text(element)
    if (token === undefined) return mistyped('contacts', 'texts')
    tokens.push(typeof element === 'string' ? token : element === null ? null : UNMATCHED)
  }
  return { kind: 'query', tokens }
}

/** What is left of an element that is no text: a token of no account. */
const UNMATCHED = 'AAAA'

/** Characters outside the alphabet alone make a token bad; what decodes to other lengths matches no account. */
function readToken(element: string | null): ReadToken {
  if (element === null) return { kind: 'null-token' }
  if (element.length === 1) return { kind: 'short-token' }
  // The decoder completes the padding before it decodes.
  const decoded = decodeLossy(element.padEnd(Math.ceil(element.length / 4) * 4, '='))
  return decoded.kind === 'parse-error'
    ? { kind: 'bad-token' }
    : { kind: 'token', token: encodeBase64(decoded.bytes, { padded: false }) }
}
