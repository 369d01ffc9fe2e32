import { bare } from '#mocks/engine/wire.ts'
import type { Content } from '#mocks/engine/reply.ts'
import type { Attachment } from './blob-store.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { attachments, blobs } = documented

const UPLOAD_UNSAID = 'the specification says nothing of what an upload answers'
const ANY_URL = 'attachment_url is any URL'

/** Relays that are right otherwise about attachments and blobs. */
export const ATTACHMENT_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-ATTACHMENT-03/writes-a-number',
    summary: 'the id of an attachment is a JSON number, after its location',
    open: 'the id is a fixed64 in the pointer and printed as text; a number is the same digits',
    patch: {
      attachments: {
        allocated: ({ id }: Attachment, location: string): Content => ({
          kind: 'text',
          type: 'application/json; charset=utf-8',
          text: `{ "location": ${JSON.stringify(location)},\n "expires": null, "id": ${id} }`,
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-04/counts-ids-from-1',
    summary: 'ids are 1, 2, 3 and so on',
    open: 'any decimal number of 64 bits may be an id',
    patch: {
      attachments: { drawId: (_caller, { state }) => String(BigInt(state.blobs.latest?.id ?? '0') + 1n) },
    },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-02/signs-locations',
    summary: 'a location has a signature in its query',
    open: ANY_URL,
    patch: {
      attachments: {
        location: (place) => `${attachments.location(place)}?Expires=1400000000&Signature=a%2Fb%2Bc%3D`,
      },
    },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-08/locates-elsewhere-each-time',
    summary: 'a retrieval gives another location than the allocation gave, and a new one each time',
    open: ANY_URL,
    patch: {
      attachments: {
        retrieved: (location, _attachment, { world }) => ({
          kind: 'json',
          value: {
            id: null,
            location: `${location.split('?')[0] ?? ''}?once=${world.randomInt(0, 1_000_000)}`,
          },
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-07/answers-201',
    summary: 'an upload answers 201',
    open: UPLOAD_UNSAID,
    patch: { status: { 'upload-blob': { stored: 201 } } },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-07/answers-204',
    summary: 'an upload answers 204',
    open: UPLOAD_UNSAID,
    patch: { status: { 'upload-blob': { stored: 204 } } },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-07/takes-any-type',
    summary: 'the Content-Type of an upload is not looked at',
    open: 'a server may be lenient about a sentence that binds the client',
    patch: { blobs: { acceptsUploadType: () => true } },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-11/serves-another-type',
    summary: 'a blob comes with another Content-Type and further headers',
    open: 'the specification says nothing of the headers of a download',
    patch: {
      blobs: {
        served: (bytes) => ({
          kind: 'bytes',
          bytes,
          type: 'binary/octet-stream',
          headers: [
            ['ETag', '"1"'],
            ['Accept-Ranges', 'bytes'],
          ],
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-15/locates-anything',
    summary: 'every id has a location, and the store refuses what was never allocated',
    open: 'the specification lists no status for an id that was never allocated',
    patch: {
      attachments: {
        isId: () => true,
        find: (id, scene) => scene.state.blobs.byId(id) ?? { id, key: 'nowhere', owner: '' },
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-ATTACHMENT-16/answers-400',
    summary: 'an id that is no number answers 400',
    open: 'the specification lists no status for an id that is no number',
    patch: { status: { 'retrieve-attachment': { 'malformed-id': 400 } } },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-17/refuses-large-and-empty-blobs',
    summary: 'a blob of no bytes answers 411, one of more than 512 KiB answers 413',
    open: 'the specification names no size that must be taken',
    patch: {
      wire: {
        transform: (reply, _outcome, event) => {
          if (event.kind !== 'upload-blob') return reply
          const { length } = event.body.bytes
          if (length === 0) return bare(reply, 411)
          return length > MOST_BYTES ? bare(reply, 413) : reply
        },
      },
      blobs: {
        store: (key, bytes) =>
          bytes.length === 0 || bytes.length > MOST_BYTES ? [] : blobs.store(key, bytes),
      },
    },
  }),
]

const MOST_BYTES = 512 * 1024
