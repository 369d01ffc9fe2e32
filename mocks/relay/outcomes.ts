import type { OperationOutcome } from '#mocks/engine/decision.ts'

/** Paths outside the relay spec (5.15), and what a relay must never answer (RELAY-ENCODING-17). */
const anyOperation = { 'not-found': 404, crashed: 500 }

/** Why a caller is not who they say: RELAY-AUTH-02 to RELAY-AUTH-05. */
const credentials = {
  'no-credentials': 401,
  'malformed-credentials': 401,
  'unknown-number': 401,
  'unknown-device': 401,
  'wrong-password': 401,
}

/**
 * What is wrong with a JSON body: its media type, nothing in it, no JSON, JSON of another shape, or a required
 * member missing or empty. The relay spec has one status for all of them, implementations three (E-10).
 */
const body = {
  'wrong-type': 415,
  'empty-body': 415,
  'malformed-body': 415,
  'mistyped-body': 415,
  'incomplete-body': 415,
}

const pushIdStored = { ...anyOperation, ...credentials, ...body, stored: 200 }
const pushIdRemoved = {
  ...anyOperation,
  ...credentials,
  removed: 200,
  // for a relay that minds: this one refuses none of them
  'unwanted-body': 400,
  'no-body-to-unregister': 415,
  'no-push-id': 404,
}

const prekeys = {
  ...anyOperation,
  ...credentials,
  'handed-out': 200,
  limited: 413,
  // RELAY-PREKEY-19, E-58
  'unknown-relay': 404,
  // 5.10
  'unreachable-peer': 404,
  'unknown-destination': 404,
  'unreachable-destination': 404,
  // RELAY-PREKEY-21, E-28: the one 4xx of the relay spec for what is not there
  'bad-device-id': 404,
  // RELAY-PREKEY-14, RELAY-PREKEY-15, E-27
  'no-such-device': 404,
  'unreachable-device': 404,
  'no-keys': 404,
}

const messages = {
  ...anyOperation,
  ...credentials,
  ...body,
  accepted: 200,
  // RELAY-MESSAGE-22
  'undecodable-message': 415,
  limited: 413,
  // E-26, E-58
  'unknown-relay': 404,
  // 5.10
  'unreachable-peer': 503,
  'unknown-destination': 404,
  'unreachable-destination': 404,
  'mismatched-devices': 409,
  'stale-devices': 410,
}

/**
 * What can come of each operation, finely enough that a status can be wrong for one cause alone, and the documented
 * status: the lists of the relay spec headed "Returns", and the errata where a list is silent.
 */
export const documentedStatuses = {
  'request-code': {
    ...anyOperation,
    'code-sent': 200,
    'bad-number': 400,
    'bad-transport': 415,
    limited: 413,
  },
  'confirm-code': {
    ...anyOperation,
    // E-12: badly formatted is all that credentials can be here; E-11: no list says what a bad body is
    'no-credentials': 401,
    'malformed-credentials': 401,
    ...body,
    confirmed: 200,
    limited: 413,
    'wrong-code': 403,
    // RELAY-VERIFY-06, RELAY-VERIFY-21: no status is listed for a number that has none
    'no-code': 403,
    'listed-elsewhere': 417,
  },
  'set-apn-id': pushIdStored,
  'set-gcm-id': pushIdStored,
  // E-38
  'remove-apn-id': pushIdRemoved,
  'remove-gcm-id': pushIdRemoved,
  'upload-prekeys': {
    ...anyOperation,
    ...credentials,
    ...body,
    stored: 200,
    // RELAY-KEYS-06
    'incomplete-last-resort': 415,
  },
  'query-directory': {
    ...anyOperation,
    ...credentials,
    ...body,
    answered: 200,
    // E-46
    limited: 413,
    // RELAY-DIRECTORY-05, RELAY-DIRECTORY-06
    'bad-token': 400,
    'short-token': 400,
    'null-token': 400,
  },
  'fetch-prekeys': prekeys,
  'submit-messages': messages,
  'allocate-attachment': { ...anyOperation, ...credentials, allocated: 200, limited: 413 },
  'retrieve-attachment': {
    ...anyOperation,
    ...credentials,
    located: 200,
    limited: 413,
    // RELAY-ATTACHMENT-15, RELAY-ATTACHMENT-16, E-44
    'malformed-id': 404,
    'unknown-attachment': 404,
    'forbidden-attachment': 403,
  },
  // E-42
  'upload-blob': {
    ...anyOperation,
    ...credentials,
    stored: 200,
    'unknown-location': 404,
    'wrong-type': 415,
    'too-long': 413,
  },
  'download-blob': {
    ...anyOperation,
    ...credentials,
    sent: 200,
    'unknown-location': 404,
    'wrong-type': 415,
    'no-blob': 404,
  },
  'peer-fetch-prekeys': prekeys,
  'peer-submit-messages': messages,
  'announce-listing': { ...anyOperation, announced: 200, 'malformed-body': 400 },
  'read-listing': { ...anyOperation, listed: 200 },
  // E-30
  'provision-device': { ...anyOperation, ...credentials, provisioned: 200, limited: 413 },
  'add-device': {
    ...anyOperation,
    'no-credentials': 401,
    'malformed-credentials': 401,
    ...body,
    added: 200,
    limited: 413,
    'wrong-code': 403,
  },
}

type Documented = typeof documentedStatuses

/** The operations of the relay. */
export type RelayOperation = keyof Documented

/** The status of each outcome of each operation. The status of a peer's refusal is the peer's. */
export type RelayStatuses = {
  readonly [Name in RelayOperation]: Readonly<Record<keyof Documented[Name], number>>
}

/** Why a caller is not who they say (relay spec, every operation: 401). */
export type CredentialsMistake = keyof typeof credentials

/** What is wrong with a JSON body. */
export type BodyMistake = keyof typeof body

/** The operations that a client can ask of another node through this one. */
type ForwardedOperation = 'fetch-prekeys' | 'submit-messages'

/** The kinds of outcome of an operation. */
export type OutcomeOf<Name extends RelayOperation> =
  keyof Documented[Name] | (Name extends ForwardedOperation ? 'refused-by-peer' : never)

interface OutcomeOfOperation<Name extends RelayOperation> extends OperationOutcome<Name, OutcomeOf<Name>> {
  /** The status of a peer's refusal, which the client gets as it is. */
  readonly peerStatus?: number
}

/** What came of one request. */
export type RelayOutcome = { readonly [Name in RelayOperation]: OutcomeOfOperation<Name> }[RelayOperation]
