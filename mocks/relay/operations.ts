import type { PathParameters } from '#mocks/engine/path-parameters.ts'
import {
  BLOB_PATH,
  decideAllocation,
  decideRetrieval,
  type AllocateAttachment,
  type AttachmentScene,
  type RetrieveAttachment,
} from './attachments.ts'
import { callerNumbers } from './authentication.ts'
import { decideDownload, decideUpload, type BlobScene, type DownloadBlob, type UploadBlob } from './blobs.ts'
import { decideCode, type CodeScene, type RequestCode } from './codes.ts'
import { decideConfirmation, type ConfirmationScene, type ConfirmCode } from './confirmation.ts'
import type { RelayDecision } from './decisions.ts'
import { decideDirectoryQuery, type DirectoryScene, type QueryDirectory } from './directory.ts'
import {
  decideAnnouncement,
  decideListing,
  type AnnounceListing,
  type ListingScene,
  type ReadListing,
} from './listings.ts'
import {
  decideMessages,
  decidePeerMessages,
  type MessageScene,
  type PeerSubmitMessages,
  type SubmitMessages,
} from './messages.ts'
import { decidePrekeyUpload, type PrekeyUploadScene, type UploadPrekeys } from './prekey-upload.ts'
import {
  decidePeerPrekeys,
  decidePrekeys,
  type FetchPrekeys,
  type PeerFetchPrekeys,
  type PrekeyScene,
} from './prekeys.ts'
import {
  decideAddition,
  decideProvisioning,
  type AddDevice,
  type ProvisionDevice,
  type ProvisioningScene,
} from './provisioning.ts'
import {
  decideRemovePushId,
  decideSetPushId,
  type PushIdScene,
  type RemovePushId,
  type SetPushId,
} from './push-ids.ts'
import type { RelayRequest } from './requests.ts'

/** Where requests for an operation arrive, and what such a request is to the relay. */
export interface RelayRoute<Event> {
  readonly method: string
  /** With and without a closing slash; `:name` stands for one part. */
  readonly path: string
  /** How many bytes a body may have: a longer one is read to its end and refused. Null where no body is read. */
  readonly maxBytes: number | null
  readonly eventOf: (request: RelayRequest, parameters: Readonly<Record<string, string>>) => Event
}

/** One operation of the relay; what can come of it stands in outcomes.ts. */
export interface OperationRow<Event, Surroundings> {
  readonly routes: readonly RelayRoute<Event>[]
  /** The numbers that a request concerns: the caller's, and those it names; null where no fault is meant for it. */
  readonly numbersOf: (event: Event) => readonly string[] | null
  readonly decide: (event: Event, scene: Surroundings) => RelayDecision
}

/** Fifty thousand directory tokens fit. */
const MAX_BODY_BYTES = 2 * 1024 * 1024
const MAX_BLOB_BYTES = 8 * 1024 * 1024

/** The operations under `/v1`, and the blobs of attachments, by the kind of their event. */
export const OPERATIONS = {
  'request-code': {
    routes: [
      get('/v1/accounts/:transport/code/:number', ({ target, authorization }, { transport, number }) => {
        return { kind: 'request-code', target, authorization, transport, number }
      }),
    ],
    numbersOf: ({ number }) => [number],
    decide: decideCode,
  } satisfies OperationRow<RequestCode, CodeScene>,

  'confirm-code': {
    routes: (['accounts', 'acccounts'] as const).map((path) =>
      put(`/v1/${path}/code/:code`, ({ target, authorization, body }, { code }) => {
        return { kind: 'confirm-code', target, authorization, path, code, body }
      }),
    ),
    numbersOf: callerNumbers,
    decide: decideConfirmation,
  } satisfies OperationRow<ConfirmCode, ConfirmationScene>,

  'set-push-id': {
    routes: (['apn', 'gcm'] as const).map((channel) =>
      put(`/v1/accounts/${channel}`, ({ target, authorization, body }) => {
        return { kind: 'set-push-id', target, authorization, channel, body }
      }),
    ),
    numbersOf: callerNumbers,
    decide: decideSetPushId,
  } satisfies OperationRow<SetPushId, PushIdScene>,

  'remove-push-id': {
    routes: (['apn', 'gcm'] as const).map((channel) =>
      remove(`/v1/accounts/${channel}`, ({ target, authorization, body }) => {
        return { kind: 'remove-push-id', target, authorization, channel, body }
      }),
    ),
    numbersOf: callerNumbers,
    decide: decideRemovePushId,
  } satisfies OperationRow<RemovePushId, PushIdScene>,

  'upload-prekeys': {
    routes: [
      put('/v1/keys', ({ target, authorization, body }) => {
        return { kind: 'upload-prekeys', target, authorization, body }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decidePrekeyUpload,
  } satisfies OperationRow<UploadPrekeys, PrekeyUploadScene>,

  'fetch-prekeys': {
    routes: [
      get('/v1/keys/:number/:device', ({ target, authorization }, { number, device }) => {
        const relay = queryParameter(target, 'relay')
        return { kind: 'fetch-prekeys', target, authorization, number, device, relay }
      }),
    ],
    numbersOf: (event) => [...callerNumbers(event), event.number],
    decide: decidePrekeys,
  } satisfies OperationRow<FetchPrekeys, PrekeyScene>,

  'query-directory': {
    routes: [
      put('/v1/directory/tokens', ({ target, authorization, body }) => {
        return { kind: 'query-directory', target, authorization, body }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideDirectoryQuery,
  } satisfies OperationRow<QueryDirectory, DirectoryScene>,

  'submit-messages': {
    routes: [
      put('/v1/messages/:destination', ({ target, authorization, body }, { destination }) => {
        return { kind: 'submit-messages', target, authorization, destination, body }
      }),
    ],
    numbersOf: (event) => [...callerNumbers(event), event.destination],
    decide: decideMessages,
  } satisfies OperationRow<SubmitMessages, MessageScene>,

  'allocate-attachment': {
    routes: [
      get('/v1/attachments', ({ target, authorization, origin }) => {
        return { kind: 'allocate-attachment', target, authorization, origin }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideAllocation,
  } satisfies OperationRow<AllocateAttachment, AttachmentScene>,

  'retrieve-attachment': {
    routes: [
      get('/v1/attachments/:id', ({ target, authorization, origin }, { id }) => {
        return { kind: 'retrieve-attachment', target, authorization, id, origin }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideRetrieval,
  } satisfies OperationRow<RetrieveAttachment, AttachmentScene>,

  'upload-blob': {
    routes: [
      putBlob(`${BLOB_PATH}:key`, ({ target, authorization, body }, { key }) => {
        return { kind: 'upload-blob', target, authorization, key, body }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideUpload,
  } satisfies OperationRow<UploadBlob, BlobScene>,

  'download-blob': {
    routes: [
      get(`${BLOB_PATH}:key`, ({ target, authorization, body: { contentType } }, { key }) => {
        return { kind: 'download-blob', target, authorization, key, contentType }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideDownload,
  } satisfies OperationRow<DownloadBlob, BlobScene>,

  // What adds devices, where the rulebook offers it (E-30)
  'provision-device': {
    routes: [
      get('/v1/devices/provisioning_code', ({ target, authorization }) => {
        return { kind: 'provision-device', target, authorization }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideProvisioning,
  } satisfies OperationRow<ProvisionDevice, ProvisioningScene>,

  'add-device': {
    routes: [
      put('/v1/devices/:code', ({ target, authorization, body }, { code }) => {
        return { kind: 'add-device', target, authorization, code, body }
      }),
    ],
    numbersOf: callerNumbers,
    decide: decideAddition,
  } satisfies OperationRow<AddDevice, ProvisioningScene>,

  // What nodes ask of one another; to any other client there is nothing here (5.15)
  'peer-fetch-prekeys': {
    routes: [
      get('/v1/federation/key/:number/:device', ({ target, authorization }, { number, device }) => {
        return { kind: 'peer-fetch-prekeys', target, authorization, number, device }
      }),
    ],
    numbersOf: ({ number }) => [number],
    decide: decidePeerPrekeys,
  } satisfies OperationRow<PeerFetchPrekeys, PrekeyScene>,

  'peer-submit-messages': {
    routes: [
      put(
        '/v1/federation/messages/:source/:sourceDevice/:destination',
        ({ target, authorization, body }, { source, sourceDevice, destination }) => {
          const from = { source, sourceDevice }
          return { kind: 'peer-submit-messages', target, authorization, ...from, destination, body }
        },
      ),
    ],
    numbersOf: ({ source, destination }) => [source, destination],
    decide: decidePeerMessages,
  } satisfies OperationRow<PeerSubmitMessages, MessageScene>,

  'read-listing': {
    routes: [
      get('/v1/federation/listing/:offset', ({ target, authorization }, { offset }) => {
        return { kind: 'read-listing', target, authorization, offset }
      }),
    ],
    numbersOf: () => null,
    decide: decideListing,
  } satisfies OperationRow<ReadListing, ListingScene>,

  'announce-listing': {
    routes: [
      put('/v1/federation/listing', ({ target, authorization, body }) => {
        return { kind: 'announce-listing', target, authorization, whole: true, body }
      }),
      patch('/v1/federation/listing', ({ target, authorization, body }) => {
        return { kind: 'announce-listing', target, authorization, whole: false, body }
      }),
    ],
    numbersOf: () => null,
    decide: decideAnnouncement,
  } satisfies OperationRow<AnnounceListing, ListingScene>,
}

type Operations = typeof OPERATIONS

/** A request as the rules see it. Parts of the path are decoded. */
export type RelayEvent = Parameters<Operations[keyof Operations]['decide']>[0]

type EventOf<Path extends string, Event> = (request: RelayRequest, parameters: PathParameters<Path>) => Event

function get<const Path extends string, Event>(path: Path, eventOf: EventOf<Path, Event>): RelayRoute<Event> {
  return { method: 'GET', path, maxBytes: null, eventOf }
}

function put<const Path extends string, Event>(path: Path, eventOf: EventOf<Path, Event>): RelayRoute<Event> {
  return { ...get(path, eventOf), method: 'PUT', maxBytes: MAX_BODY_BYTES }
}

function patch<const Path extends string, Event>(
  path: Path,
  eventOf: EventOf<Path, Event>,
): RelayRoute<Event> {
  return { ...put(path, eventOf), method: 'PATCH' }
}

function remove<const Path extends string, Event>(
  path: Path,
  eventOf: EventOf<Path, Event>,
): RelayRoute<Event> {
  return { ...put(path, eventOf), method: 'DELETE' }
}

/** A blob may be longer than any other body. */
function putBlob<const Path extends string, Event>(
  path: Path,
  eventOf: EventOf<Path, Event>,
): RelayRoute<Event> {
  return { ...put(path, eventOf), maxBytes: MAX_BLOB_BYTES }
}

/** The first value of a query parameter; null where there is none. */
function queryParameter(target: string, name: string): string | null {
  return new URLSearchParams(target.split('?')[1]).get(name)
}
