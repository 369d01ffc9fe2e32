import { counting } from '#mocks/engine/memory.ts'
import { findParam } from '#protocol/auth-params.ts'
import { parseError as misread } from '#protocol/parse-error.ts'
import { instantOf } from '#protocol/mstore/attributes.ts'
import { formatChallenge } from '#protocol/mstore/digest-challenge.ts'
import { parseCredentials } from '#protocol/mstore/digest-credentials.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { objects, search, uploads, wire } = documented
const OPAQUE = 'b3c7/+=&'
const SILENT_PATHS = 'the specification says nothing of how paths are made'
const uploadsOf = counting()

/** Servers that are right otherwise in what they choose by themselves. */
export const CHOICE_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-SEARCH-09/writes-odd-cursors',
    summary: 'a cursor is long, with quotes, backslashes, blanks and other letters in it',
    open: 'a cursor is printed in an example, and its form is not described',
    patch: {
      search: {
        page: (listed, { maxEntries, fromCursor }) => {
          const page = search.page(listed, {
            maxEntries,
            fromCursor:
              fromCursor?.startsWith(ODD) === true
                ? fromCursor.slice(ODD.length)
                : fromCursor === null
                  ? null
                  : '?',
          })
          return page.kind === 'parse-error' || page.cursor === null
            ? page
            : { ...page, cursor: ODD + page.cursor }
        },
      },
    },
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-42/wants-its-opaque-back',
    summary: 'credentials without the opaque of the challenge are refused',
    open: 'RFC 2617 has the client return opaque unchanged',
    dialects: ['documented'],
    patch: {
      challenge: { text: (parts) => formatChallenge({ ...parts, opaque: OPAQUE }) },
      authentication: {
        read: (header) => {
          const read = parseCredentials(header)
          return read.kind === 'credentials' && findParam(read.params, 'opaque')?.value !== OPAQUE
            ? misread('opaque')
            : read
        },
      },
    },
    areas: ['MSTORE-GBA', 'MSTORE-PROFILE', 'MSTORE-TRANSPORT'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-26/offers-the-next-nonce',
    summary: 'what is granted has Authentication-Info with a next nonce',
    open: 'RFC 2617 lets a server offer one; the client bootstraps for every request',
    patch: {
      wire: {
        headers: (outcome) => {
          const headers = wire.headers(outcome)
          return headers.some(([name]) => name === 'WWW-Authenticate')
            ? headers
            : [
                ...headers,
                ['Authentication-Info', 'nextnonce="00ff", qop=auth, rspauth="0", cnonce="1", nc=00000001'],
              ]
        },
      },
    },
    areas: ['MSTORE-PROFILE', 'MSTORE-PAYLOAD'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-06/writes-qop-bare',
    summary: 'qop is not quoted, algorithm is, beside charset, userhash and a domain of several URIs',
    open: 'a value may be a token or a quoted text (RFC 7235); unknown parameters are to be ignored',
    dialects: ['documented'],
    patch: {
      challenge: {
        text: ({ realm, nonce }) =>
          `Digest domain="/a /b", realm="${realm}",charset=UTF-8,\tnonce="${nonce}" ,userhash=false,algorithm="MD5",stale="FALSE",qop=auth`,
      },
    },
    areas: ['MSTORE-GBA'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-UPLOAD-40/numbers-without-order',
    summary: 'numbers in paths of objects follow no order',
    open: SILENT_PATHS,
    patch: { uploads: { number: ({ folder }, mailbox) => scattered(uploadsOf(mailbox, folder)) } },
    areas: ['MSTORE-SEARCH', 'MSTORE-FLAG', 'MSTORE-BULKUPDATE'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-UPLOAD-01/gives-a-relative-location',
    summary: 'an upload answers 202, a Location without a host, and a page',
    open: 'the specification does not say what an upload is answered',
    patch: {
      status: { upload: { stored: 202 } },
      uploads: {
        headers: (url) => [
          ['Location', url.replace(/^.*?(?=\/oemclient)/, '')],
          ['Content-Location', '.'],
        ],
      },
    },
    areas: ['MSTORE-FLAG'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-OBJECT-14/makes-a-taken-id-unique',
    summary: 'an upload with the Message-Id of another object gets one of its own',
    open: '"Unique ID for this object"',
    patch: {
      uploads: {
        attributes: (uploaded, authorized) => {
          const attributes = uploads.attributes(uploaded, authorized)
          const id = attributes.get('Message-Id') ?? ''
          const taken = [...authorized.mailbox.objects.values()].filter((object) =>
            (object.attributes.get('Message-Id') ?? '').startsWith(id),
          )
          return taken.length === 0
            ? attributes
            : new Map([...attributes, ['Message-Id', `${id}-${taken.length}`]])
        },
      },
    },
    areas: ['MSTORE-UPLOAD'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-OBJECT-32/names-files-by-itself',
    summary: 'files have names of the server, written twice, beside their size',
    open: 'nothing says that the name of an upload is kept; a disposition may have other parameters',
    patch: {
      uploads: { fileName: () => 'greeting 1.amr' },
      objects: {
        part: (object, href) => ({
          ...objects.part(object, href),
          contentDisposition: dispositionOf(object.fileName, object.audio),
        }),
      },
      payloads: {
        part: (object, encoded) => {
          const content = documented.payloads.part(object, encoded)
          if (content.kind !== 'bytes') return content
          const headers = (content.headers ?? []).map(
            ([name, value]) =>
              [
                name,
                name === 'Content-Disposition' ? dispositionOf(object.fileName, object.audio) : value,
              ] as const,
          )
          return { ...content, headers }
        },
      },
    },
    areas: ['MSTORE-PAYLOAD', 'MSTORE-UPLOAD'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-OBJECT-08/writes-local-time',
    summary: 'dates are of the time in New York, with its offset',
    open: 'ISO 8601 has other forms than the example',
    patch: {
      objects: {
        attributes: (own, derived, object) =>
          new Map(
            [...objects.attributes(own, derived, object)].map(([name, value]) => [
              name,
              name === 'date' || name === 'expires' ? localTime(value) : value,
            ]),
          ),
      },
    },
    areas: ['MSTORE-UPLOAD', 'MSTORE-SEARCH', 'MSTORE-FLAG'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-39/gives-up-late',
    summary: 'what ends in 504 takes a second and a half',
    open: '"time out": after which time is not said',
    patch: { gatewayTimeoutMs: 1500 },
    scenarios: ['MSTORE-AUTH-39', 'MSTORE-AUTH-40', 'MSTORE-FOLDER-03', 'MSTORE-TRANSPORT-15'],
    alone: true,
  }),
]

const ODD = `"next"\\ page: é ☎ ${'x'.repeat(700)} `

/** Another number for each count, above and below those before: the factor is no multiple of the prime. */
function scattered(count: number): number {
  return 1 + ((count * 61_803_399) % 99_999_989)
}

function dispositionOf(fileName: string, audio: Uint8Array): string {
  return `ATTACHMENT; size=${audio.length}; filename*=UTF-8''${encodeURIComponent(fileName)}; filename="${fileName}"`
}

function localTime(value: string): string {
  const ms = instantOf(value)
  return ms === null ? value : new Date(ms - 5 * 3_600_000).toISOString().replace(/\.\d+Z$/, '-05:00')
}
