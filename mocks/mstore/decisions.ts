import {
  decided as decidedOf,
  type Consequences,
  type Decision,
  type OperationOutcome,
} from '#mocks/engine/decision.ts'
import type { Content, Json } from '#mocks/engine/reply.ts'
import type { MStoreStateChange } from './changes.ts'

/** What an answer of the mStore carries. */
export type MStoreContent =
  | Content
  /** The one error of the mStore spec, as the wire writes it (Endpoints). */
  | { readonly kind: 'network-error' }

/** The decision of one operation, or of several, that it comes to this kind of outcome. */
export type MStoreDecided<Operation, Kind> = Decision<
  OperationOutcome<Operation, Kind, MStoreContent>,
  MStoreStateChange
>

/** The decision that an operation comes to `kind`; the table of operations holds which kinds it may have. */
export function decided<const Operation, const Kind>(
  operation: Operation,
  kind: Kind,
  consequences?: Consequences<MStoreStateChange, MStoreContent>,
): MStoreDecided<Operation, Kind> {
  return decidedOf(operation, kind, consequences)
}

/** The decision to answer the one error of the mStore spec; `reason` is for the journal. */
export function malformed<const Operation>(
  operation: Operation,
  reason: string,
): MStoreDecided<Operation, 'malformed'> {
  return decided(operation, 'malformed', { content: { kind: 'network-error' }, notes: [reason] })
}

/** A JSON answer. `value` is made of what JSON knows; members that are undefined are left out. */
export function jsonContent(value: object): MStoreContent {
  return { kind: 'json', value: value as Json }
}
