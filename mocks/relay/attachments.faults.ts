import { encodeBase64 } from '#protocol/base64.ts'
import { utf8 } from '#protocol/bytes.ts'
import type { Content, Json } from '#mocks/engine/reply.ts'
import type { AttachmentRules } from './attachments.ts'
import { documented } from './rulebook.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'

const { attachments, authentication, blobs } = documented

/** Faults in giving out places for attachments, and in finding them again. */
export const ATTACHMENT_FAULTS: readonly RelayFault[] = [
  ...statusFaults('allocate-attachment', [
    ['RELAY-ATTACHMENT-01/answers-201', 'an allocation answers 201', 'allocated', 201],
    [
      'RELAY-ATTACHMENT-05/answers-200',
      'an allocation without credentials answers 200',
      'no-credentials',
      200,
    ],
    [
      'RELAY-ATTACHMENT-05/answers-403',
      'an allocation answers 403 to bad credentials',
      ['no-credentials', 'unknown-number', 'wrong-password'],
      403,
    ],
    ['RELAY-ATTACHMENT-06/answers-503', 'too many allocations answer 503', 'limited', 503],
  ]),
  fault('RELAY-ATTACHMENT-01/omits-the-location', 'an allocation has no location', {
    attachments: { allocated: allocating(() => ({ location: undefined })) },
  }),
  fault('RELAY-ATTACHMENT-01/omits-the-id', 'an allocation has no id', {
    attachments: { allocated: allocating(() => ({ id: undefined })) },
  }),
  fault('RELAY-ATTACHMENT-01/wraps-the-members', 'id and location stand inside another object', {
    attachments: {
      allocated: ({ id }, location) => ({ kind: 'json', value: { attachment: { id, location } } }),
    },
  }),
  fault('RELAY-ATTACHMENT-02/gives-a-relative-location', 'the location of an allocation is a path', {
    attachments: { allocated: allocating((_id, location) => ({ location: new URL(location).pathname })) },
  }),
  fault('RELAY-ATTACHMENT-02/gives-another-scheme', 'the location of an allocation is no http URL', {
    attachments: {
      allocated: allocating((_id, location) => ({ location: location.replace(/^http/, 'ftp') })),
    },
  }),
  fault(
    'RELAY-ATTACHMENT-02/ends-the-location-with-a-line',
    'CR and LF follow the location of an allocation',
    {
      attachments: { allocated: allocating((_id, location) => ({ location: `${location}\r\n` })) },
    },
  ),
  fault(
    'RELAY-ATTACHMENT-02/puts-a-blank-into-the-location',
    'a blank stands in the location of an allocation',
    {
      attachments: {
        allocated: allocating((_id, location) => ({ location: location.replace(/[^/]*$/, ' $&') })),
      },
    },
  ),
  fault('RELAY-ATTACHMENT-03/gives-a-uuid', 'the id is a UUID', {
    attachments: {
      drawId: (caller, scene) => uuidOf(attachments.drawId(caller, scene)),
      isId: () => true,
    },
  }),
  fault('RELAY-ATTACHMENT-03/gives-a-hexadecimal-id', 'the id is hexadecimal', {
    attachments: {
      drawId: (caller, scene) => `0x${BigInt(attachments.drawId(caller, scene)).toString(16)}`,
      isId: () => true,
    },
  }),
  fault('RELAY-ATTACHMENT-03/gives-too-long-an-id', 'the id does not fit 64 bits', {
    attachments: {
      drawId: (caller, scene) => String(2n ** 64n + BigInt(attachments.drawId(caller, scene))),
    },
  }),
  fault('RELAY-ATTACHMENT-04/gives-one-id', 'the id is always the same', {
    attachments: { drawId: () => '4611686018427387905' },
  }),
  fault('RELAY-ATTACHMENT-04/gives-an-id-per-account', 'a client always gets the same id', {
    attachments: { drawId: ({ account }) => account.number.slice(1) },
  }),
  fault('RELAY-ATTACHMENT-04/gives-one-location', 'the location is always the same', {
    attachments: { drawKey: () => 'the-one-place' },
  }),
  fault('RELAY-ATTACHMENT-05/takes-any-password', 'an allocation is granted to any password', {
    authentication: {
      passwordMatches: (attempt, operation, scene) =>
        operation === 'allocate-attachment' || authentication.passwordMatches(attempt, operation, scene),
    },
  }),
  fault('RELAY-ATTACHMENT-06/does-not-limit-allocations', 'allocations are not limited', {
    attachments: { allocationOrder: ['authenticate', 'allocate'] },
  }),
  ...statusFaults('upload-blob', [
    ['RELAY-ATTACHMENT-07/refuses-uploads', 'an upload answers 403', 'stored', 403],
  ]),
  fault('RELAY-ATTACHMENT-07/stores-nothing', 'an upload is acknowledged and dropped', {
    blobs: { store: () => [] },
  }),
  fault('RELAY-ATTACHMENT-07/refuses-octets', 'an upload typed application/octet-stream answers 415', {
    blobs: { acceptsUploadType: (type) => !blobs.acceptsUploadType(type) },
  }),
  fault('RELAY-ATTACHMENT-08/rounds-the-id', 'the id is rounded to a double, and kept exactly', {
    attachments: { allocated: allocating((id) => ({ id: String(BigInt(Number(id))) })) },
  }),
  fault('RELAY-ATTACHMENT-08/answers-with-the-blob', 'a retrieval answers with the blob itself', {
    attachments: {
      retrieved: (_location, { key }, { state }) => ({
        kind: 'bytes',
        bytes: state.blobs.bytes(key) ?? new Uint8Array(),
        type: 'application/octet-stream',
      }),
    },
  }),
  fault('RELAY-ATTACHMENT-08/names-it-url', 'the location of a retrieval is named url', {
    attachments: { retrieved: (location) => ({ kind: 'json', value: { url: location } }) },
  }),
  ...statusFaults('retrieve-attachment', [
    ['RELAY-ATTACHMENT-08/redirects', 'a retrieval answers 302', 'located', 302],
    [
      'RELAY-ATTACHMENT-09/answers-404',
      'a retrieval answers 404 to bad credentials',
      ['no-credentials', 'unknown-number', 'wrong-password'],
      404,
    ],
    ['RELAY-ATTACHMENT-10/answers-429', 'too many retrievals answer 429', 'limited', 429],
  ]),
  fault('RELAY-ATTACHMENT-09/tells-all', 'any caller is given the location of an attachment', {
    attachments: { retrievalOrder: ['id', 'attachment', 'answer'] },
  }),
  fault('RELAY-ATTACHMENT-10/does-not-limit-retrievals', 'retrievals are not limited', {
    attachments: { retrievalOrder: ['authenticate', 'id', 'attachment', 'answer'] },
  }),
  fault('RELAY-ATTACHMENT-11/drops-the-last-byte', 'the last byte of a blob is lost', {
    blobs: { served: (bytes) => blobs.served(bytes.slice(0, -1)) },
  }),
  fault('RELAY-ATTACHMENT-11/serves-base64', 'a blob is served as Base64', {
    blobs: { served: (bytes) => blobs.served(utf8(encodeBase64(bytes, { padded: true }))) },
  }),
  fault('RELAY-ATTACHMENT-11/reads-text', 'a blob is stored as text', {
    blobs: { store: (key, bytes) => blobs.store(key, utf8(new TextDecoder().decode(bytes))) },
  }),
  ...statusFaults('download-blob', [
    ['RELAY-ATTACHMENT-11/answers-404', 'a download answers 404', 'sent', 404],
  ]),
  fault('RELAY-ATTACHMENT-12/is-for-the-uploader', 'only the uploader may retrieve', {
    attachments: { mayRetrieve: ({ account }, { owner }) => account.number === owner },
  }),
  fault('RELAY-ATTACHMENT-13/authenticates-uploads', 'an upload needs credentials', {
    blobs: { uploadOrder: ['authenticate', 'location', 'type', 'bytes'] },
  }),
  fault('RELAY-ATTACHMENT-13/authenticates-downloads', 'a download needs credentials', {
    blobs: { downloadOrder: ['authenticate', 'location', 'type', 'bytes'] },
  }),
  fault('RELAY-ATTACHMENT-14/serves-the-latest', 'the blob uploaded last is served from everywhere', {
    blobs: {
      find: (key, { state }) => state.blobs.bytes(key) && state.blobs.bytes(state.blobs.latest?.key ?? key),
    },
  }),
  deployedFault('RELAY-ATTACHMENT-16/crashes-over-letters', 'an id that is no number answers 500', {
    status: { 'retrieve-attachment': { 'malformed-id': 500 } },
  }),
  deployedFault('RELAY-ATTACHMENT-16/locates-letters', 'an id that is no number has a location', {
    attachments: {
      isId: () => true,
      find: (id, scene) => scene.state.blobs.byId(id) ?? { id, key: 'nowhere', owner: '' },
    },
  }),
  fault('RELAY-ATTACHMENT-24/cuts-at-64-kib', 'a blob longer than 64 KiB is cut', {
    blobs: { store: (key, bytes) => blobs.store(key, bytes.slice(0, 64 * 1024)) },
  }),
  fault('RELAY-ATTACHMENT-24/strips-whole-blocks', 'a blob of whole cipher blocks loses a block', {
    blobs: {
      served: (bytes) => blobs.served(bytes.length === 64 ? bytes.slice(0, -16) : bytes),
    },
  }),
  fault('RELAY-ATTACHMENT-23/locates-one-object', 'a retrieval always points at the same object', {
    attachments: {
      retrieved: (location) => ({ kind: 'json', value: { location: location.replace(/[^/]*$/, 'object') } }),
    },
  }),
]

type AttachmentMembers = Readonly<Record<string, Json | undefined>>

/** An allocation as documented, but for the members that are given. */
function allocating(
  members: (id: string, location: string) => AttachmentMembers,
): AttachmentRules['allocated'] {
  return ({ id }, location): Content => ({ kind: 'json', value: { id, location, ...members(id, location) } })
}

function uuidOf(id: string): string {
  const digits = BigInt(id).toString(16).padStart(32, '0')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
