import type { RelayChange } from './changes.ts'
import type { RelayDecision } from './decisions.ts'
import type { RelayEvent } from './operations.ts'
import type { RelayRulebookPatch } from './rulebook.ts'
import type { RelayScene } from './scene.ts'

type EventOf<Kind extends RelayEvent['kind']> = Extract<RelayEvent, { readonly kind: Kind }>

/** What a request leads to besides what its operation is for: seen with the request, and what it came to. */
export type Aftermath<Kind extends RelayEvent['kind']> = (
  event: EventOf<Kind>,
  scene: RelayScene<unknown>,
  decision: RelayDecision,
) => readonly RelayChange[]

/** Requests of one operation that come to one of these outcomes also change what `aftermath` says. */
export function alsoChanging<const Kind extends RelayEvent['kind']>(
  kind: Kind,
  outcomes: readonly RelayDecision['outcome']['kind'][],
  aftermath: Aftermath<Kind>,
): RelayRulebookPatch {
  const isMeant = (event: RelayEvent): event is EventOf<Kind> => event.kind === kind
  return {
    consequences: {
      settled: (decision, event, scene) =>
        isMeant(event) && outcomes.includes(decision.outcome.kind)
          ? { ...decision, changes: [...decision.changes, ...aftermath(event, scene, decision)] }
          : decision,
    },
  }
}
