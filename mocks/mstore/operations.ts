import type { MstoreBody } from '#protocol/mstore/contracts.ts'
import type { MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import { PIN_REFUSED_STATUS } from '#protocol/mstore/pin.ts'
import { decideBulkDelete } from './bulk-delete.ts'
import { decideBulkUpdate } from './bulk-update.ts'
import type { MStoreDecided } from './decisions.ts'
import { decideFlag } from './flags.ts'
import { decideFolder } from './folders.ts'
import type { MailboxRules } from './mailbox-rulebook.ts'
import { decideObject } from './objects.ts'
import { decidePayload } from './payloads.ts'
import { decideProfileRead, decideProfileWrite } from './profile.ts'
import type { AuthorizedRequest } from './scene.ts'
import { decideSearch } from './search.ts'
import { decideUpload } from './uploads.ts'

const OK = 200
const CREATED = 201
const NO_CONTENT = 204
const BAD_REQUEST = 400
const FORBIDDEN = 403
const NOT_FOUND = 404
const SERVER_ERROR = 500
const GATEWAY_TIMEOUT = 504

/** The longest body of any operation, in bytes; longer ones are read to their end and refused. Minutes of audio fit. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** An endpoint by name; a `payload` is what lies below an object (E-18). */
type EndpointName = MStoreEndpoint['kind'] | 'payload'

/** One operation of the mStore. */
export interface MStoreOperationRow {
  /** Its method and its endpoint. */
  readonly at: `${'GET' | 'PUT' | 'POST' | 'DELETE'} ${EndpointName}`
  readonly decide: (authorized: AuthorizedRequest<MailboxRules>) => MStoreDecided<string, string>
  /** The status of each outcome that the operation has besides the common refusals. */
  readonly statuses: Readonly<Record<string, number>>
  /** The schema of each outcome that is answered with JSON. */
  readonly schemas?: Readonly<Record<string, MstoreBody>>
}

const FLAG_REFUSALS = {
  'unknown-object': NOT_FOUND,
  'forbidden-flag': FORBIDDEN,
  'not-a-greeting': FORBIDDEN,
} as const
/** `mixed` is successes beside failures; `unaddressable` an object path that no object can have. */
const BULK_STATUSES = { done: OK, mixed: SERVER_ERROR, failed: OK, unaddressable: BAD_REQUEST } as const
const BULK_SCHEMAS = {
  done: 'bulk-answer',
  mixed: 'network-response',
  failed: 'bulk-answer',
  unaddressable: 'error',
} as const

/**
 * The operations of the mStore (mStore spec, Endpoints). Where two share a place, requests go to the first. The spec
 * prints 200, 400, 401, 403, 504 and 5xx; where it is silent the statuses are a choice.
 */
export const OPERATIONS = {
  'read-profile': {
    at: 'GET profile',
    decide: decideProfileRead,
    statuses: { read: OK },
    schemas: { read: 'profile' },
  },
  'write-profile': {
    at: 'PUT profile',
    decide: decideProfileWrite,
    statuses: { written: OK, 'refused-deactivation': FORBIDDEN },
  },
  /** What a write of the profile turns out to be where PINs are sent. */
  'change-pin': {
    at: 'PUT profile',
    decide: decideProfileWrite,
    statuses: { changed: OK, 'refused-pin': PIN_REFUSED_STATUS },
  },
  'read-folder': {
    at: 'GET folder',
    decide: decideFolder,
    statuses: { read: OK, 'no-filter': GATEWAY_TIMEOUT, 'unknown-folder': NOT_FOUND },
    schemas: { read: 'folder' },
  },
  'read-object': {
    at: 'GET object',
    decide: decideObject,
    statuses: { read: OK, 'unknown-object': NOT_FOUND },
    schemas: { read: 'object' },
  },
  'read-payload': {
    at: 'GET payload',
    decide: decidePayload,
    statuses: { read: OK, 'unknown-object': NOT_FOUND, 'unknown-payload': NOT_FOUND },
  },
  'set-flag': {
    at: 'PUT flag',
    decide: decideFlag,
    statuses: { set: NO_CONTENT, 'already-set': NO_CONTENT, ...FLAG_REFUSALS },
  },
  'clear-flag': {
    at: 'DELETE flag',
    decide: decideFlag,
    statuses: { cleared: NO_CONTENT, 'already-clear': NO_CONTENT, ...FLAG_REFUSALS },
  },
  search: {
    at: 'POST search',
    decide: decideSearch,
    statuses: { found: OK, 'nothing-found': OK, 'unknown-folder': NOT_FOUND, 'bad-cursor': BAD_REQUEST },
    schemas: { found: 'search-answer', 'nothing-found': 'search-answer', 'bad-cursor': 'error' },
  },
  'bulk-update': {
    at: 'POST bulk-update',
    decide: decideBulkUpdate,
    statuses: { ...BULK_STATUSES, 'forbidden-flag': OK },
    schemas: { ...BULK_SCHEMAS, 'forbidden-flag': 'bulk-answer' },
  },
  'bulk-delete': {
    at: 'DELETE bulk-delete',
    decide: decideBulkDelete,
    statuses: BULK_STATUSES,
    schemas: BULK_SCHEMAS,
  },
  upload: {
    at: 'POST upload',
    decide: decideUpload,
    statuses: {
      stored: CREATED,
      'unknown-folder': NOT_FOUND,
      'forbidden-folder': FORBIDDEN,
      'over-quota': FORBIDDEN,
    },
  },
} as const satisfies Readonly<Record<string, MStoreOperationRow>>

/** The name of an operation. */
export type MStoreOperation = keyof typeof OPERATIONS

/** The operations by name, in the order of the table. */
export const OPERATION_NAMES = Object.keys(OPERATIONS) as MStoreOperation[]

/** The operation that a method asks of an endpoint; undefined where there is none. */
export function operationAt(method: string, endpoint: MStoreEndpoint): MStoreOperation | undefined {
  const name: EndpointName =
    endpoint.kind === 'object' && endpoint.objectPath.includes('/') ? 'payload' : endpoint.kind
  return OPERATION_NAMES.find((each) => OPERATIONS[each].at === `${method} ${name}`)
}
