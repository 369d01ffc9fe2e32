import type { Content } from '#mocks/engine/reply.ts'
import { takeSteps, type Steps } from '#mocks/engine/steps.ts'
import { authenticate, callersOnly, type Caller, type Stranger } from './authentication.ts'
import type { RelayChange } from './changes.ts'
import type { DownloadBlob, UploadBlob } from './events.ts'
import type { RelayDecision, OutcomeKinds } from './outcomes.ts'
import type { Scene } from './scene.ts'

/** How blobs are stored and served at the locations that were given out (page, Uploading an attachment; E-42). */
export interface BlobRules {
  readonly uploadOrder: readonly BlobStep[]
  readonly downloadOrder: readonly BlobStep[]
  readonly acceptsUploadType: (contentType: string | undefined) => boolean
  readonly acceptsDownloadType: (contentType: string | undefined) => boolean
  readonly store: (key: string, bytes: Uint8Array) => readonly RelayChange[]
  /** The bytes at a location; undefined where there are none. */
  readonly find: (key: string, scene: Scene) => Uint8Array | undefined
  readonly served: (bytes: Uint8Array) => Content
}

export type BlobStep = 'authenticate' | 'location' | 'type' | 'bytes'

const OCTETS = 'application/octet-stream'

export const documentedBlobs: BlobRules = {
  // RELAY-ATTACHMENT-13: whoever knows the location needs no credentials
  uploadOrder: ['location', 'type', 'bytes'],
  downloadOrder: ['location', 'type', 'bytes'],
  // RELAY-ATTACHMENT-07: as printed, with any parameters
  acceptsUploadType: isOctets,
  // E-42: the page has no header for the download
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
  readonly caller: Caller | Stranger
  readonly scene: Scene
}

interface Upload extends Transfer {
  readonly bytes: Uint8Array | 'too-long'
}

type UploadKind = OutcomeKinds['upload-blob']
type DownloadKind = OutcomeKinds['download-blob']

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
export function decideUpload({ key, authorization, body }: UploadBlob, scene: Scene): RelayDecision {
  const operation = 'upload-blob'
  const caller = authenticate(authorization, operation, scene)
  const { contentType, bytes } = body
  const upload = { key, contentType, bytes, caller, scene }
  const { uploadOrder } = scene.rulebook.blobs
  const { kind, content, changes, notes } = takeSteps('stored', {
    order: uploadOrder,
    steps: uploadSteps,
    context: upload,
  })
  return { outcome: { operation, kind, content }, changes, notes }
}

/** Decides the download of a blob. */
export function decideDownload(event: DownloadBlob, scene: Scene): RelayDecision {
  const { key, authorization, contentType } = event
  const operation = 'download-blob'
  const caller = authenticate(authorization, operation, scene)
  const transfer = { key, contentType, caller, scene }
  const { downloadOrder } = scene.rulebook.blobs
  const { kind, content, changes, notes } = takeSteps('sent', {
    order: downloadOrder,
    steps: downloadSteps,
    context: transfer,
  })
  return { outcome: { operation, kind, content }, changes, notes }
}
