import type { Json } from '#mocks/engine/reply.ts'
import type { MStoreChange } from './changes.ts'
import type {
  CommonRefusal,
  MStoreDecision,
  MStoreContent,
  MStoreOperation,
  MStoreOutcome,
  MStoreOutcomeKinds,
} from './outcomes.ts'

/** What a decision has besides its kind; what is left out is nothing. */
export interface MStoreConsequences {
  readonly content?: MStoreContent
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly changes?: readonly MStoreChange[]
  readonly notes?: readonly string[]
}

/** The decision of an operation that comes to `kind`. */
export function decided<Name extends MStoreOperation>(
  operation: Name,
  kind: MStoreOutcomeKinds[Name] | CommonRefusal,
  { content = { kind: 'none' }, headers = [], changes = [], notes = [] }: MStoreConsequences = {},
): MStoreDecision {
  return { outcome: { operation, kind, content, headers } as MStoreOutcome, changes, notes }
}

/** The decision to answer the one error of the page; `reason` is for the journal. */
export function malformed(operation: MStoreOperation, reason: string): MStoreDecision {
  return decided(operation, 'malformed', { content: { kind: 'network-error' }, notes: [reason] })
}

/** A JSON answer. `value` is made of what JSON knows; members that are undefined are left out. */
export function jsonContent(value: object): MStoreContent {
  return { kind: 'json', value: value as Json }
}
