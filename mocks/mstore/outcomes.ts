import type { Decision, OperationOutcome } from '#mocks/engine/decision.ts'
import type { MStoreStateChange } from './changes.ts'
import type { MStoreContent } from './decisions.ts'
import { OPERATION_NAMES, OPERATIONS, type MStoreOperation } from './operations.ts'
import type { CommonRefusal } from './refusals.ts'

/** What comes of a request of any kind; `none` is no operation of the mStore spec. */
type CommonOutcome = OperationOutcome<MStoreOperation | 'none', CommonRefusal, MStoreContent>

type OwnKind<Name extends MStoreOperation> = keyof (typeof OPERATIONS)[Name]['statuses']
type OwnOutcome = {
  readonly [Name in MStoreOperation]: OperationOutcome<Name, OwnKind<Name>, MStoreContent>
}[MStoreOperation]

/** What came of one request. */
export type MStoreOutcome = OwnOutcome | CommonOutcome

/** What a request leads to. */
export type MStoreDecision = Decision<MStoreOutcome, MStoreStateChange>

/** The status of each outcome of each operation. */
export type MStoreStatuses = {
  readonly [Name in MStoreOperation]: Readonly<Record<OwnKind<Name> | CommonRefusal, number>>
} & { readonly none: Readonly<Record<CommonRefusal, number>> }

const UNAUTHORIZED = 401

/** The statuses that every operation shares (mStore spec, Authentication and Endpoints; the rest is left open there). */
const COMMON_STATUSES: Readonly<Record<CommonRefusal, number>> = {
  'no-credentials': UNAUTHORIZED,
  'malformed-credentials': UNAUTHORIZED,
  'unknown-btid': UNAUTHORIZED,
  'expired-credentials': UNAUTHORIZED,
  'wrong-realm': UNAUTHORIZED,
  'unknown-nonce': UNAUTHORIZED,
  'used-nonce': UNAUTHORIZED,
  'wrong-uri': UNAUTHORIZED,
  'wrong-response': UNAUTHORIZED,
  'foreign-mailbox': 403,
  'wrong-agent': 504,
  'unknown-path': 404,
  'unknown-method': 405,
  malformed: 400,
  crashed: 500,
}

/** The documented statuses: those of the table of operations, and the common ones. */
export const documentedStatuses = Object.fromEntries([
  ...OPERATION_NAMES.map((name) => [name, { ...COMMON_STATUSES, ...OPERATIONS[name].statuses }]),
  ['none', COMMON_STATUSES],
]) as MStoreStatuses
