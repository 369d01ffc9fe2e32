import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { parseError } from '#protocol/parse-error.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { bodies, bulkUpdate, bulkDelete } = documented

/** The areas of requests with a JSON body. */
const JSON_AREAS = ['MSTORE-BULKDELETE', 'MSTORE-SEARCH', 'MSTORE-PROFILE', 'MSTORE-ERROR']

/** JSON bodies that are read otherwise, and right. */
export const SPELLING_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-BULKUPDATE-35/reads-what-is-nearly-json',
    summary: 'JSON is read with a comma too many, text behind it, single quotes, a comment or a leading zero',
    open: 'that bodies are JSON binds the client; a server may be lenient',
    areas: JSON_AREAS,
    patch: {
      bodies: {
        parse: (body) => {
          const read = bodies.parse(body)
          return read.kind === 'parse-error' ? bodies.parse(strictened(body)) : read
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-35/knows-no-other-members',
    summary: 'a bulk request with a further member is refused',
    open: 'the specification prints the members of a request, and does not say that there may be others',
    areas: ['MSTORE-BULKDELETE'],
    patch: {
      bulkUpdate: { read: (body) => (isAlone(body) ? bulkUpdate.read(body) : FURTHER) },
      bulkDelete: { read: (body) => (isAlone(body) ? bulkDelete.read(body) : FURTHER) },
    },
  }),
  variant({
    id: 'MSTORE-SEARCH-31/reads-digits-alone',
    summary: 'JSON with an exponent is refused',
    open: 'the specification prints maxEntries as digits',
    patch: {
      bodies: {
        parse: (body) =>
          /\d[eE]\d/.test(fromUtf8(body) ?? '')
            ? parseError('JSON: expected digits alone')
            : bodies.parse(body),
      },
    },
  }),
]

const FURTHER = parseError('body: expected one member, got more')

/** The JSON that a body is nearly: without what follows it, in double quotes, without commas before an end, comments and zeros in front. */
function strictened(body: Uint8Array): Uint8Array {
  const text = fromUtf8(body) ?? ''
  return utf8(
    text
      .replace(/\}[^}]*$/, '}')
      .replaceAll("'", '"')
      .replace(/\/\*.*?\*\//g, '')
      .replace(/:0+(?=\d)/g, ':')
      .replace(/,\s*(?=[}\]])/g, ''),
  )
}

function isAlone(body: unknown): boolean {
  return Object.keys(membersOf(body)).length <= 1
}
