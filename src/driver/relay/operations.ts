import type { RecordedHeader } from '#evidence/exchange.ts'
import { checkBody, type RelayBody } from '#protocol/contracts.ts'
import { type Credentials, basicAuthorization } from '#protocol/relay/credentials.ts'
import { jsonContract } from '../contract.ts'
import type { WireRequest } from '../wire-request.ts'

export type { Credentials } from '#protocol/relay/credentials.ts'

/** What a client says of itself when it confirms a number. `signalingKey` is Base64 text. */
export interface ConfirmationAttributes {
  readonly signalingKey: string
  readonly supportsSms: boolean
  /** 1 to 16383; the relay spec prints it in quotes (E-03). */
  readonly registrationId: number | string
}

/** One message of a set: `body` is Base64 text, `timestamp` milliseconds since the epoch (E-06). */
export interface OutgoingMessage {
  readonly type: number
  readonly destinationDeviceId: number
  readonly destinationRegistrationId: number
  readonly body: string
  readonly timestamp: number | string
}

/** The kinds of push id. */
export type PushKind = 'apn' | 'gcm'

/** The value of the Authorization header for those credentials (relay spec, Confirm a verification code). */
export function basic(credentials: Credentials): string {
  return basicAuthorization(credentials)
}

/** Relay spec, Request a verification code; without credentials. Its transports are `sms` and `voice`. */
export function requestCode(transport: string, number: string): WireRequest {
  return {
    operation: 'GET /v1/accounts/{transport}/code/{number}',
    method: 'GET',
    target: `/v1/accounts/${segment(transport)}/code/${segment(number)}`,
    headers: [],
    body: null,
  }
}

/** Relay spec, Confirm a verification code, under the path that its misprint means (E-01). */
export function confirm(
  credentials: Credentials,
  code: string,
  attributes: ConfirmationAttributes,
): WireRequest {
  const { signalingKey, supportsSms, registrationId } = attributes
  return {
    operation: 'PUT /v1/accounts/code/{code}',
    method: 'PUT',
    target: `/v1/accounts/code/${segment(code)}`,
    ...json(credentials, 'confirmation', { signalingKey, supportsSms, registrationId }),
  }
}

/** Relay spec, Registering an APN or GCM id. */
export function setPushId(kind: PushKind, credentials: Credentials, id: string): WireRequest {
  const path = `/v1/accounts/${kind}/`
  return {
    operation: `PUT ${path}`,
    method: 'PUT',
    target: path,
    ...json(credentials, `${kind}-registration`, { [PUSH_MEMBER[kind]]: id }),
  }
}

const PUSH_MEMBER = { apn: 'apnRegistrationId', gcm: 'gcmRegistrationId' } as const

/** Relay spec, Registering an APN or GCM id: unregistering, which is the same request with another method (E-38). */
export function clearPushId(kind: PushKind, credentials: Credentials, id: string): WireRequest {
  const request = setPushId(kind, credentials, id)
  return { ...request, operation: `DELETE ${request.target}`, method: 'DELETE' }
}

/** Relay spec, Registering prekeys. `body` is sent as it is, members in their order. */
export function uploadPrekeys(credentials: Credentials, body: object): WireRequest {
  return {
    operation: 'PUT /v1/keys/',
    method: 'PUT',
    target: '/v1/keys/',
    ...json(credentials, 'prekey-upload', body),
  }
}

/** Relay spec, Getting a contact intersection. */
export function queryDirectory(credentials: Credentials, tokens: readonly string[]): WireRequest {
  return {
    operation: 'PUT /v1/directory/tokens',
    method: 'PUT',
    target: '/v1/directory/tokens',
    ...json(credentials, 'directory-query', { contacts: tokens }),
  }
}

/**
 * Relay spec, Getting a recipient's PreKey: of one device, or `*` for all; `relay` only where the number lives at
 * a peer (an empty one would be a peer's name, E-58).
 */
// eslint-disable-next-line max-params -- the parts of the relay spec's path and query, in its order
export function fetchPrekeys(
  credentials: Credentials,
  number: string,
  device: number | '*',
  relay?: string,
): WireRequest {
  const query = relay === undefined ? '' : `?relay=${encodeURIComponent(relay)}`
  return {
    operation: 'GET /v1/keys/{number}/{device_id}',
    method: 'GET',
    target: `/v1/keys/${segment(number)}/${device}${query}`,
    ...bare(credentials),
  }
}

/** A set of messages for the devices of one number; `relay` only where the number lives at a peer. */
export interface OutgoingMessages {
  readonly messages: readonly OutgoingMessage[]
  readonly relay?: string | undefined
}

/** Relay spec, Submitting a message; members in its order. */
export function sendMessages(
  credentials: Credentials,
  number: string,
  { messages, relay }: OutgoingMessages,
): WireRequest {
  return {
    operation: 'PUT /v1/messages/{destination_number}',
    method: 'PUT',
    target: `/v1/messages/${segment(number)}`,
    ...json(credentials, 'message-list', {
      ...(relay === undefined ? {} : { relay }),
      messages: messages.map(inOrder),
    }),
  }
}

function inOrder(message: OutgoingMessage): OutgoingMessage {
  const { type, destinationDeviceId, destinationRegistrationId, body, timestamp } = message
  return { type, destinationDeviceId, destinationRegistrationId, body, timestamp }
}

/** Relay spec, Allocating an attachment. */
export function allocateAttachment(credentials: Credentials): WireRequest {
  return {
    operation: 'GET /v1/attachments/',
    method: 'GET',
    target: '/v1/attachments/',
    ...bare(credentials),
  }
}

/** Relay spec, Retrieving an attachment. `id` is decimal text, because it has more digits than a JavaScript number keeps (E-40). */
export function retrieveAttachment(credentials: Credentials, id: string): WireRequest {
  return {
    operation: 'GET /v1/attachments/{attachment_id}',
    method: 'GET',
    target: `/v1/attachments/${segment(id)}`,
    ...bare(credentials),
  }
}

const OCTETS: RecordedHeader = ['Content-Type', 'application/octet-stream']

/** Relay spec, Uploading an attachment: to the absolute URL that an allocation gave, without credentials. */
export function uploadBlob(url: string, bytes: Uint8Array): WireRequest {
  return { operation: 'PUT {attachment_url}', method: 'PUT', target: '', url, headers: [OCTETS], body: bytes }
}

/** Relay spec, Retrieving an attachment: the blob itself. The type goes with it, since stores sign it (E-42). */
export function downloadBlob(url: string): WireRequest {
  return { operation: 'GET {attachment_url}', method: 'GET', target: '', url, headers: [OCTETS], body: null }
}

function bare(credentials: Credentials): Pick<WireRequest, 'headers' | 'body'> {
  return { headers: [['Authorization', basic(credentials)]], body: null }
}

function json(
  credentials: Credentials,
  contract: RelayBody,
  value: object,
): Pick<WireRequest, 'headers' | 'body' | 'contract'> {
  return {
    contract: jsonContract(contract, checkBody),
    headers: [
      ['Authorization', basic(credentials)],
      ['Content-Type', 'application/json'],
    ],
    body: new TextEncoder().encode(JSON.stringify(value)),
  }
}

/** One segment of a path: percent-encoded, except for the plus of a number, which is sent as the relay spec prints it (E-50). */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%2B', '+')
}
