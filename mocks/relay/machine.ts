import type { RelayDecision } from './decisions.ts'
import { OPERATIONS, type OperationRow, type RelayEvent } from './operations.ts'
import type { RelayRulebook } from './rulebook.ts'
import type { RelayScene } from './scene.ts'

type EventKind = RelayEvent['kind']
type EventOfKind<Of extends EventKind> = Extract<RelayEvent, { readonly kind: Of }>
type WholeScene = RelayScene<RelayRulebook>

/** The operations, each under the kind of its own events. */
const operations: { readonly [Of in EventKind]: OperationRow<EventOfKind<Of>, WholeScene> } = OPERATIONS

function operationOf(event: RelayEvent): OperationRow<RelayEvent, WholeScene> {
  return operations[event.kind] as OperationRow<RelayEvent, WholeScene>
}

/**
 * What a request leads to. Pure: the state is read and not written, time and chance come from the scene's
 * world. The caller applies the changes before the next request is decided.
 */
export function decide(event: RelayEvent, scene: WholeScene): RelayDecision {
  return scene.rulebook.consequences.settled(operationOf(event).decide(event, scene), event, scene)
}

/** The numbers a request concerns; null where no fault is meant for it. */
export function numbersOf(event: RelayEvent): readonly string[] | null {
  return operationOf(event).numbersOf(event)
}
