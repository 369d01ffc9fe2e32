import type { Channel } from './state.ts'

/** The body of a request before it is read: `too-long` where it passed the bound and was thrown away. */
export interface RawBody {
  readonly contentType: string | undefined
  readonly bytes: Uint8Array | 'too-long'
}

/** A request as the rules see it. Parts of the path are decoded; `authorization` is the header's value. */
export type RelayEvent =
  | RequestCode
  | ConfirmCode
  | SetPushId
  | RemovePushId
  | UploadPrekeys
  | QueryDirectory
  | FetchPrekeys
  | SubmitMessages
  | AllocateAttachment
  | RetrieveAttachment
  | UploadBlob
  | DownloadBlob
  | PeerFetchPrekeys
  | PeerSubmitMessages
  | AnnounceListing
  | ReadListing
  | ProvisionDevice
  | AddDevice

export interface RequestCode extends Authorized {
  readonly kind: 'request-code'
  readonly transport: string
  readonly number: string
}

/** `path` is the second part of the path: `accounts`, or `acccounts` as the page misprints it (E-01). */
export interface ConfirmCode extends Authorized {
  readonly kind: 'confirm-code'
  readonly path: 'accounts' | 'acccounts'
  readonly code: string
  readonly body: RawBody
}

export interface SetPushId extends Authorized {
  readonly kind: 'set-push-id'
  readonly channel: Channel
  readonly body: RawBody
}

export interface RemovePushId extends Authorized {
  readonly kind: 'remove-push-id'
  readonly channel: Channel
  readonly body: RawBody
}

export interface UploadPrekeys extends Authorized {
  readonly kind: 'upload-prekeys'
  readonly body: RawBody
}

export interface QueryDirectory extends Authorized {
  readonly kind: 'query-directory'
  readonly body: RawBody
}

/** `device` is an id or a star; `relay` is the query parameter, null where there is none. */
export interface FetchPrekeys extends Authorized {
  readonly kind: 'fetch-prekeys'
  readonly number: string
  readonly device: string
  readonly relay: string | null
}

export interface SubmitMessages extends Authorized {
  readonly kind: 'submit-messages'
  readonly destination: string
  readonly body: RawBody
}

/** `origin` is how the client knows this server: scheme, host and port, without a slash at the end. */
export interface AllocateAttachment extends Authorized {
  readonly kind: 'allocate-attachment'
  readonly origin: string
}

export interface RetrieveAttachment extends Authorized {
  readonly kind: 'retrieve-attachment'
  readonly id: string
  readonly origin: string
}

/** `key` is the last part of the location that was given out. */
export interface UploadBlob extends Authorized {
  readonly kind: 'upload-blob'
  readonly key: string
  readonly body: RawBody
}

export interface DownloadBlob extends Authorized {
  readonly kind: 'download-blob'
  readonly key: string
  readonly contentType: string | undefined
}

/** A peer asks for prekeys on behalf of one of its clients. */
export interface PeerFetchPrekeys extends Authorized {
  readonly kind: 'peer-fetch-prekeys'
  readonly number: string
  readonly device: string
}

/** A peer hands over messages that one of its clients submitted. */
export interface PeerSubmitMessages extends Authorized {
  readonly kind: 'peer-submit-messages'
  readonly source: string
  readonly sourceDevice: string
  readonly destination: string
  readonly body: RawBody
}

/** A peer tells which of its own numbers can be written to: all of them, or those that changed. */
export interface AnnounceListing extends Authorized {
  readonly kind: 'announce-listing'
  readonly whole: boolean
  readonly body: RawBody
}

/** A peer reads which of our numbers can be written to, from the account at `offset` on. */
export interface ReadListing extends Authorized {
  readonly kind: 'read-listing'
  readonly offset: string
}

/** A device asks for a code with which another device of its account can be added. */
export interface ProvisionDevice extends Authorized {
  readonly kind: 'provision-device'
}

/** The new device confirms that code; the header has its password. */
export interface AddDevice extends Authorized {
  readonly kind: 'add-device'
  readonly code: string
  readonly body: RawBody
}

interface Requested {
  /** The request target as it stood on the request line. */
  readonly target: string
}

interface Authorized extends Requested {
  readonly authorization: string | undefined
}
