import { decidedBySteps } from '#mocks/engine/decision.ts'
import type { Content } from '#mocks/engine/reply.ts'
import { type Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import type { RelayChange } from './changes.ts'
import type { OutcomeOf } from './outcomes.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { RawBody, RequestHead } from './requests.ts'

/** What the rules of blobs may read. */
export type BlobScene = RelayScene<{
  readonly blobs: BlobRules
  readonly authentication: AuthenticationRules
}>

/** `key` is the last part of the location that was given out. */
export interface UploadBlob extends RequestHead {
  readonly kind: 'upload-blob'
  readonly key: string
  readonly body: RawBody
}

/** A request for the bytes at a location. */
export interface DownloadBlob extends RequestHead {
  readonly kind: 'download-blob'
  readonly key: string
  readonly contentType: string | undefined
}

/** How blobs are stored and served at the locations that were given out (relay spec, Uploading an attachment; E-42). */
export interface BlobRules {
  readonly uploadOrder: readonly BlobStep[]
  readonly downloadOrder: readonly BlobStep[]
  readonly acceptsUploadType: (contentType: string | undefined) => boolean
  readonly acceptsDownloadType: (contentType: string | undefined) => boolean
  readonly store: (key: string, bytes: Uint8Array) => readonly RelayChange[]
  /** The bytes at a location; undefined where there are none. */
  readonly find: (key: string, scene: BlobScene) => Uint8Array | undefined
  readonly served: (bytes: Uint8Array) => Content
}

/** The checks of an upload of bytes, or of their retrieval. */
export type BlobStep = 'authenticate' | 'location' | 'type' | 'bytes'

const OCTETS = 'application/octet-stream'

/** How the relay spec stores and serves the bytes of an attachment (Uploading an attachment). */
export const documentedBlobs: BlobRules = {
  // RELAY-ATTACHMENT-13: a client that knows the location needs no credentials
  uploadOrder: ['location', 'type', 'bytes'],
  downloadOrder: ['location', 'type', 'bytes'],
  // RELAY-ATTACHMENT-07: as printed, with any parameters
  acceptsUploadType: isOctets,
  // E-42: the relay spec has no header for the download
  acceptsDownloadType: () => true,
  // RELAY-ATTACHMENT-11, RELAY-ATTACHMENT-14, E-42: a later upload takes the place of an earlier one
  store: (key, bytes) => [{ kind: 'blob-stored', key, bytes }],
  find: (key, { state }) => state.blobs.bytes(key),
  served: (bytes) => ({ kind: 'bytes', bytes, type: OCTETS }),
}

/** Whether a Content-Type is that of any bytes. */
export function isOctets(contentType = ''): boolean {
  return contentType.split(';')[0]?.trim().toLowerCase() === OCTETS
}

interface Transfer {
  readonly key: string
  readonly contentType: string | undefined
  readonly caller: Caller | Unauthenticated
  readonly scene: BlobScene
}

interface Upload extends Transfer {
  readonly bytes: Uint8Array | 'too-long'
}

type UploadKind = OutcomeOf<'upload-blob'>
type DownloadKind = OutcomeOf<'download-blob'>

/** What both directions look at first. */
const transferSteps: Pick<
  Steps<BlobStep, Transfer, UploadKind & DownloadKind, RelayChange>,
  'authenticate' | 'location'
> = {
  authenticate: ({ caller }) => callersOnly(caller),
  location: ({ key, scene }) =>
    scene.state.blobs.byKey(key) === undefined
      ? { kind: 'refused', as: 'unknown-location' }
      : { kind: 'passed' },
}

const uploadSteps: Steps<BlobStep, Upload, UploadKind, RelayChange> = {
  ...transferSteps,
  type: ({ contentType, scene }) =>
    scene.rulebook.blobs.acceptsUploadType(contentType) ? { kind: 'passed' } : wrongType(contentType),
  bytes: ({ key, bytes, scene }) =>
    bytes === 'too-long'
      ? { kind: 'refused', as: 'too-long', notes: ['body: longer than the blob store takes'] }
      : { kind: 'passed', changes: scene.rulebook.blobs.store(key, bytes) },
}

const downloadSteps: Steps<BlobStep, Transfer, DownloadKind, RelayChange> = {
  ...transferSteps,
  type: ({ contentType, scene }) =>
    scene.rulebook.blobs.acceptsDownloadType(contentType) ? { kind: 'passed' } : wrongType(contentType),
  bytes: ({ key, scene }) => {
    const bytes = scene.rulebook.blobs.find(key, scene)
    return bytes === undefined
      ? { kind: 'refused', as: 'no-blob', notes: ['nothing was uploaded here'] }
      : { kind: 'passed', content: scene.rulebook.blobs.served(bytes) }
  },
}

function wrongType(contentType: string | undefined) {
  const notes = [`Content-Type: expected ${OCTETS}, got ${contentType ?? 'none'}`]
  return { kind: 'refused', as: 'wrong-type', notes } as const
}

/** Decides the upload of a blob. */
export function decideUpload({ key, authorization, body }: UploadBlob, scene: BlobScene): RelayDecision {
  const operation = 'upload-blob'
  const caller = authenticate(authorization, operation, scene)
  const { contentType, bytes } = body
  const upload = { key, contentType, bytes, caller, scene }
  const { uploadOrder } = scene.rulebook.blobs
  return decidedBySteps(operation, 'stored', {
    order: uploadOrder,
    steps: uploadSteps,
    context: upload,
  })
}

/** Decides the download of a blob. */
export function decideDownload(event: DownloadBlob, scene: BlobScene): RelayDecision {
  const { key, authorization, contentType } = event
  const operation = 'download-blob'
  const caller = authenticate(authorization, operation, scene)
  const transfer = { key, contentType, caller, scene }
  const { downloadOrder } = scene.rulebook.blobs
  return decidedBySteps(operation, 'sent', {
    order: downloadOrder,
    steps: downloadSteps,
    context: transfer,
  })
}
