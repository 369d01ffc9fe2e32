import { utf8 } from '#protocol/bytes.ts'
import { attachmentDisposition } from '#protocol/mstore/dispositions.ts'
import { buildMultipart } from '#protocol/mstore/multipart.ts'
import { BASE64_COLUMNS, wrapBase64, type Wrapping } from '#protocol/mstore/transfer-encoding.ts'
import { decided, type MStoreContent } from './decisions.ts'
import type { StoredObject } from './mailbox.ts'
import { knownPath } from './object-paths.ts'
import { AUDIO_ENCODING, AUDIO_TYPE, replaced, touched, type FindObject, type Touched } from './objects.ts'
import type { AuthorizedRequest } from './scene.ts'

/** What a path below an object names: the object's audio as a `part`, or the `whole` object as a message. */
export interface PayloadPath {
  readonly objectPath: string
  readonly what: 'whole' | 'part'
  /** The name of a part, `part1`; empty for the whole. */
  readonly part: string
}

/** How audio is found and sent (mStore spec, Payload). */
export interface PayloadRules {
  readonly find: FindObject
  readonly isPart: (part: string) => boolean
  /** How the Base64 is broken into lines. */
  readonly wrapping: Wrapping
  readonly encoded: (object: StoredObject, wrapping: Wrapping) => Uint8Array
  readonly part: (object: StoredObject, encoded: Uint8Array) => MStoreContent
  readonly whole: (object: StoredObject, encoded: Uint8Array) => MStoreContent
  /** What of an object changes when it is downloaded. */
  readonly afterReading: (object: StoredObject) => StoredObject
  /** Whatever else changes in the mailbox then. */
  readonly besideReading: Touched
}

/** How the mStore spec gives the audio of an object (`/objects/<PAYLOAD PATH>`). */
export const documentedPayloads: PayloadRules = {
  // MSTORE-BULKDELETE-14
  find: (path, { objects }) => objects.get(knownPath(path) ?? ''),
  // MSTORE-PAYLOAD-15
  isPart: (part) => part === 'part1',
  // MSTORE-PAYLOAD-12 leaves it open
  wrapping: { columns: BASE64_COLUMNS, lineEnd: '\r\n', trailing: false },
  // MSTORE-PAYLOAD-05, -10
  encoded: ({ audio }, wrapping) => utf8(wrapBase64(audio, wrapping)),
  // MSTORE-PAYLOAD-01, -03, -04, E-21
  part: (object, bytes) => ({
    kind: 'bytes',
    bytes,
    type: AUDIO_TYPE,
    headers: [...encodingHeader, ...dispositionHeader(object)],
  }),
  // MSTORE-PAYLOAD-08, -09, E-19
  whole: (object, encoded) => ({
    kind: 'bytes',
    bytes: message(object, encoded),
    type: `multipart/mixed; boundary="${object.boundary}"`,
    headers: encodingHeader,
  }),
  // MSTORE-PAYLOAD-14
  afterReading: (object) => object,
  besideReading: () => [],
}

/** Reads the path of a payload as it stood in a URL; null for the path of an object, or any other. */
function payloadPathOf(path: string): PayloadPath | null {
  const [, objectPath, part] = /^([^/]+)\/(?:payload|payloadParts\/([^/]+))$/.exec(path) ?? []
  if (objectPath === undefined) return null
  return { objectPath, what: part === undefined ? 'whole' : 'part', part: part ?? '' }
}

/** Decides a download. */
export function decidePayload(authorized: AuthorizedRequest<{ payloads: PayloadRules }>) {
  const { mailbox, rulebook, state, target } = authorized
  const operation = 'read-payload'
  const rules = rulebook.payloads
  const path = target.endpoint.kind === 'object' ? payloadPathOf(target.endpoint.objectPath) : null
  if (path === null) return decided(operation, 'unknown-payload')
  const object = rules.find(path.objectPath, mailbox, state.mailboxes)
  if (object === undefined) return decided(operation, 'unknown-object')
  if (path.what === 'part' && !rules.isPart(path.part)) return decided(operation, 'unknown-payload')
  const encoded = rules.encoded(object, rules.wrapping)
  return decided(operation, 'read', {
    content: path.what === 'part' ? rules.part(object, encoded) : rules.whole(object, encoded),
    changes: [
      ...touched(rules.besideReading, mailbox),
      ...replaced(object, rules.afterReading(object), mailbox),
    ],
  })
}

const encodingHeader = [['Content-Transfer-Encoding', AUDIO_ENCODING]] as const

function dispositionHeader({ fileName }: StoredObject) {
  return [['Content-Disposition', attachmentDisposition(fileName)]] as const
}

function message(object: StoredObject, encoded: Uint8Array): Uint8Array {
  const headers = [
    ...dispositionHeader(object),
    ...encodingHeader,
    ['Content-Type', AUDIO_TYPE] as const,
    ['Content-Length', String(encoded.length)] as const,
  ]
  return buildMultipart(object.boundary, [{ headers, body: encoded }])
}
