import type { Channel } from './state.ts'

/** The body of a request before it is read: `too-long` where it passed the bound and was thrown away. */
export interface RawBody {
  readonly contentType: string | undefined
  readonly bytes: Uint8Array | 'too-long'
}

/** A request as the rules see it. Parts of the path are decoded; `authorization` is the header's value. */
export type RelayEvent = RequestCode | ConfirmCode | SetPushId | RemovePushId | SubmitMessages

export interface RequestCode extends Requested {
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

export interface SubmitMessages extends Authorized {
  readonly kind: 'submit-messages'
  readonly destination: string
  readonly body: RawBody
}

interface Requested {
  /** The request target as it stood on the request line. */
  readonly target: string
}

interface Authorized extends Requested {
  readonly authorization: string | undefined
}
