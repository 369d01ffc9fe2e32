import type { Json } from '#mocks/engine/reply.ts'
import type { Change } from './changes.ts'
import type { CommonKind, Decision, MStoreContent, Operation, Outcome, OutcomeKinds } from './outcomes.ts'

/** What a decision has besides its kind; what is left out is nothing. */
export interface Consequences {
  readonly content?: MStoreContent
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly changes?: readonly Change[]
  readonly notes?: readonly string[]
}

/** The decision of an operation that comes to `kind`. */
export function decided<Name extends Operation>(
  operation: Name,
  kind: OutcomeKinds[Name] | CommonKind,
  { content = { kind: 'none' }, headers = [], changes = [], notes = [] }: Consequences = {},
): Decision {
  return { outcome: { operation, kind, content, headers } as Outcome, changes, notes }
}

/** The decision to answer the one error of the page; `reason` is for the journal. */
export function malformed(operation: Operation, reason: string): Decision {
  return decided(operation, 'malformed', { content: { kind: 'network-error' }, notes: [reason] })
}

/** A JSON answer. `value` is made of what JSON knows; members that are undefined are left out. */
export function jsonContent(value: object): MStoreContent {
  return { kind: 'json', value: value as Json }
}
