import { utf8 } from '#protocol/bytes.ts'
import { BLOB_PATH } from './attachments.ts'
import type { RelayDecision } from './decisions.ts'
import type { RelayEvent } from './operations.ts'
import { settling } from './also-changing.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { attachments } = documented

const PUT_ONLY = 'for=PUT'
const GET_ONLY = 'for=GET'
const ODD_QUERY = '?signature=a%2fb%2Bc+d%7E~=&expires='
const FORBIDDEN = 403
const GREATEST_ID = 2n ** 64n - 1n

/** Relays whose attachments have other ids and other locations, and are right. */
export const LOCATION_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-ATTACHMENT-08/signs-for-one-method',
    summary: 'an allocation gives a location for the upload alone, a retrieval one for the download alone',
    open: 'the client uploads to the location of the allocation, and downloads from that of the retrieval',
    patch: signedForOneMethod(),
    areas: ['RELAY-ENCODING'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ATTACHMENT-14/takes-one-upload',
    summary: 'a location at which a blob lies takes no other',
    open: 'the client uploads once; nothing says what becomes of a second upload',
    patch: {
      ...settling('upload-blob', ['stored'], ({ event, decision, state }) =>
        state.blobs.bytes(event.key) === undefined ? decision : refused(decision),
      ),
      status: { 'upload-blob': { 'unknown-location': FORBIDDEN } },
    },
    areas: ['RELAY-ENCODING'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ATTACHMENT-15/locates-what-was-uploaded',
    summary: 'an id has a location once its blob was uploaded',
    open: 'the id to retrieve is one of a pointer, which is made after the upload',
    patch: {
      attachments: {
        find: (id, scene) => {
          const found = attachments.find(id, scene)
          return found && scene.state.blobs.bytes(found.key) !== undefined ? found : undefined
        },
      },
    },
  }),
  variant({
    id: 'RELAY-ATTACHMENT-04/counts-down-from-the-greatest-id',
    summary: 'ids begin with 2^64-1, and each is one less than the last',
    open: 'any decimal number of 64 bits may be an id',
    dialects: ['documented'],
    patch: {
      attachments: {
        drawId: (_caller, { state }) => String(BigInt(state.blobs.latest?.id ?? GREATEST_ID) - 1n),
      },
    },
    alone: true,
  }),
  variant({
    id: 'RELAY-ATTACHMENT-02/escapes-its-locations',
    summary: 'locations have escapes and an empty parameter, and another spelling of them is refused',
    open: 'attachment_url is any URL, and the client uploads to it as it is',
    patch: {
      attachments: { location: ({ origin, key }) => `${origin}${BLOB_PATH}${escaped(key)}${ODD_QUERY}` },
      consequences: {
        settled: (decision, { target }) => (isAsGiven(target) ? decision : refused(decision)),
      },
      status: {
        'upload-blob': { 'unknown-location': FORBIDDEN },
        'download-blob': { 'unknown-location': FORBIDDEN },
      },
    },
    areas: ['RELAY-ENCODING'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ATTACHMENT-02/names-another-host',
    summary: 'locations name another host than was asked, in capitals as their scheme',
    open: 'attachment_url is any URL, and scheme and host of a URL have no case',
    patch: {
      attachments: {
        location: (place) =>
          attachments.location(place).replace(/^http:\/\/127\.0\.0\.1(?=:)/, 'HTTP://LOCALHOST'),
      },
    },
    alone: true,
  }),
]

function signedForOneMethod(): RelayRulebookPatch {
  return {
    attachments: {
      allocated: (attachment, location) => attachments.allocated(attachment, `${location}?${PUT_ONLY}`),
      retrieved: (location, attachment, scene) =>
        attachments.retrieved(`${location}?${GET_ONLY}`, attachment, scene),
    },
    consequences: {
      settled: (decision, event) => {
        const signature = signatureOf(event)
        return signature === null || event.target.endsWith(signature) ? decision : refused(decision)
      },
    },
    status: {
      'upload-blob': { 'unknown-location': FORBIDDEN },
      'download-blob': { 'unknown-location': FORBIDDEN },
    },
  }
}

/** Every character as its escape, in small letters. */
function escaped(text: string): string {
  return Array.from(utf8(text), (byte) => `%${byte.toString(16)}`).join('')
}

function isAsGiven(target: string): boolean {
  return /^\/blobs\/(?:%[\da-f]{2})+\?/.test(target) && target.endsWith(ODD_QUERY)
}

function signatureOf({ kind }: RelayEvent): string | null {
  if (kind === 'upload-blob') return PUT_ONLY
  return kind === 'download-blob' ? GET_ONLY : null
}

function refused(decision: RelayDecision): RelayDecision {
  const { operation } = decision.outcome
  return operation === 'upload-blob' || operation === 'download-blob'
    ? { outcome: { operation, kind: 'unknown-location', content: { kind: 'none' } }, changes: [], notes: [] }
    : decision
}
