import { PIN_REFUSED_STATUS } from '#protocol/mstore/pin.ts'
import type { CommonRefusal, MStoreStatuses } from './outcomes.ts'

const OK = 200
const CREATED = 201
const NO_CONTENT = 204
const BAD_REQUEST = 400
const UNAUTHORIZED = 401
const FORBIDDEN = 403
const NOT_FOUND = 404
const METHOD_NOT_ALLOWED = 405
const SERVER_ERROR = 500
const GATEWAY_TIMEOUT = 504

/** The statuses that every operation shares (page, Authentication and Endpoints; the rest is left open there). */
const common: Readonly<Record<CommonRefusal, number>> = {
  'no-credentials': UNAUTHORIZED,
  'malformed-credentials': UNAUTHORIZED,
  'unknown-btid': UNAUTHORIZED,
  'expired-credentials': UNAUTHORIZED,
  'wrong-realm': UNAUTHORIZED,
  'unknown-nonce': UNAUTHORIZED,
  'used-nonce': UNAUTHORIZED,
  'wrong-uri': UNAUTHORIZED,
  'wrong-response': UNAUTHORIZED,
  'foreign-mailbox': FORBIDDEN,
  'wrong-agent': GATEWAY_TIMEOUT,
  'unknown-path': NOT_FOUND,
  'unknown-method': METHOD_NOT_ALLOWED,
  malformed: BAD_REQUEST,
  crashed: SERVER_ERROR,
}

/** The documented statuses. The page prints 200, 400, 401, 403, 504 and 5xx; where it is silent they are a choice. */
export const documentedStatuses: MStoreStatuses = {
  'read-profile': { ...common, read: OK },
  'write-profile': { ...common, written: OK, 'refused-deactivation': FORBIDDEN },
  'change-pin': { ...common, changed: OK, 'refused-pin': PIN_REFUSED_STATUS },
  'read-folder': { ...common, read: OK, 'no-filter': GATEWAY_TIMEOUT, 'unknown-folder': NOT_FOUND },
  'read-object': { ...common, read: OK, 'unknown-object': NOT_FOUND },
  'read-payload': { ...common, read: OK, 'unknown-object': NOT_FOUND, 'unknown-payload': NOT_FOUND },
  'set-flag': {
    ...common,
    set: NO_CONTENT,
    'already-set': NO_CONTENT,
    'unknown-object': NOT_FOUND,
    'forbidden-flag': FORBIDDEN,
    'not-a-greeting': FORBIDDEN,
  },
  'clear-flag': {
    ...common,
    cleared: NO_CONTENT,
    'already-clear': NO_CONTENT,
    'unknown-object': NOT_FOUND,
    'forbidden-flag': FORBIDDEN,
    'not-a-greeting': FORBIDDEN,
  },
  search: {
    ...common,
    found: OK,
    'nothing-found': OK,
    'unknown-folder': NOT_FOUND,
    'bad-cursor': BAD_REQUEST,
  },
  'bulk-update': {
    ...common,
    done: OK,
    mixed: SERVER_ERROR,
    failed: OK,
    unaddressable: BAD_REQUEST,
    'forbidden-flag': OK,
  },
  'bulk-delete': { ...common, done: OK, mixed: SERVER_ERROR, failed: OK, unaddressable: BAD_REQUEST },
  upload: {
    ...common,
    stored: CREATED,
    'unknown-folder': NOT_FOUND,
    'forbidden-folder': FORBIDDEN,
    'over-quota': FORBIDDEN,
  },
  none: common,
}
