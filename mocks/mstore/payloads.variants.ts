import { BASE64_COLUMNS } from '#protocol/mstore/transfer-encoding.ts'
import type { MStoreContent } from './decisions.ts'
import type { StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { objects, payloads } = documented
const ONE_LINE = 10_000_000
const BINARY = 'binary'

/** Downloads that are right otherwise. */
export const PAYLOAD_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-PAYLOAD-05/sends-one-line',
    summary: 'the Base64 of a download is one line',
    open: 'lines are named for uploads alone',
    patch: { payloads: { wrapping: { columns: ONE_LINE } } },
  }),
  variant({
    id: 'MSTORE-PAYLOAD-05/ends-its-lines-otherwise',
    summary: 'the lines of a download end in LF, the last one too',
    open: 'lines are named for uploads alone',
    patch: { payloads: { wrapping: { columns: BASE64_COLUMNS - 12, lineEnd: '\n', trailing: true } } },
  }),
  variant({
    id: 'MSTORE-PAYLOAD-03/sends-it-as-it-is',
    summary: 'audio is not encoded, and object and header say so',
    open: 'base64 is printed in an example',
    patch: {
      objects: {
        part: (object, href) => ({ ...objects.part(object, href), contentEncoding: BINARY }),
        attributes: (own, derived, object) =>
          new Map([...objects.attributes(own, derived, object), ['Content-Transfer-Encoding', BINARY]]),
      },
      payloads: {
        part: (object) => sentAsBinary(object),
        whole: (object, encoded) => asBinary(payloads.whole(object, encoded)),
      },
    },
    alone: true,
  }),
  variant({
    id: 'MSTORE-PAYLOAD-03/writes-capitals',
    summary: 'Content-Transfer-Encoding of a download has capitals',
    open: 'encodings are the same in any case (RFC 2045)',
    patch: {
      payloads: {
        part: (object, encoded) =>
          withHeader(payloads.part(object, encoded), 'Content-Transfer-Encoding', (value) =>
            value.toUpperCase(),
          ),
      },
    },
  }),
  variant({
    id: 'MSTORE-PAYLOAD-04/spells-the-file-otherwise',
    summary: 'Content-Disposition of a download is spelled otherwise than the object has it',
    open: 'the value is the same without blanks and quotes',
    patch: {
      payloads: {
        part: (object, encoded) =>
          withHeader(payloads.part(object, encoded), 'Content-Disposition', (value) =>
            value.replace(/[ "]/g, ''),
          ),
      },
    },
  }),
  variant({
    id: 'MSTORE-PAYLOAD-01/calls-it-octets',
    summary: 'Content-Type of the audio is application/octet-stream',
    open: 'the type of the answer that holds one part is not named',
    patch: {
      payloads: {
        part: (object, encoded) => {
          const content = payloads.part(object, encoded)
          return content.kind === 'bytes' ? { ...content, type: 'application/octet-stream' } : content
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-OBJECT-33/numbers-parts-from-0',
    summary: 'the audio is at payloadParts/part0',
    open: 'the end of href is printed in an example',
    patch: {
      objects: { part: (object, href) => objects.part(object, href.replace(/part1$/, 'part0')) },
      payloads: { isPart: (part) => part === 'part0' },
    },
    areas: ['MSTORE-PAYLOAD', 'MSTORE-BULKDELETE'],
  }),
  variant({
    id: 'MSTORE-PAYLOAD-16/rounds-down',
    summary: 'content-duration of voicemails is rounded down',
    open: '"Audio duration in seconds": which way it is rounded is not named',
    patch: {
      objects: {
        attributes: (own, derived, object) => {
          const shown = objects.attributes(own, derived, object)
          const seconds = Math.max(0, Number(shown.get('content-duration')) - 1)
          return object.folder === 'voicemails'
            ? new Map([...shown, ['content-duration', String(seconds)]])
            : shown
        },
      },
    },
  }),
]

function withHeader(content: MStoreContent, name: string, change: (value: string) => string): MStoreContent {
  if (content.kind !== 'bytes') return content
  const headers = (content.headers ?? []).map(
    ([each, value]) => [each, each === name ? change(value) : value] as const,
  )
  return { ...content, headers }
}

function asBinary(content: MStoreContent): MStoreContent {
  return withHeader(content, 'Content-Transfer-Encoding', () => BINARY)
}

function sentAsBinary(object: StoredObject): MStoreContent {
  return asBinary(payloads.part(object, object.audio))
}
