import { readAuthorization, type Named } from './authentication.ts'
import type { RelayChange } from './changes.ts'
import type { RelayDecision } from './decisions.ts'
import type { RelayEvent } from './operations.ts'
import type { RequestHead } from './requests.ts'
import type { RelayRulebookPatch } from './rulebook.ts'
import type { RelayScene } from './scene.ts'
import type { RelayState } from './state.ts'

type RequestOf<Kind extends RelayEvent['kind']> = Extract<RelayEvent, { readonly kind: Kind }>

/** A request that was decided, and all it was decided from. */
interface Settled<Kind extends RelayEvent['kind']> {
  readonly event: RequestOf<Kind>
  readonly decision: RelayDecision
  readonly scene: RelayScene<unknown>
  readonly state: RelayState
}

/** Requests of one operation that come to one of these outcomes lead to what `settle` makes of it. */
export function settling<const Kind extends RelayEvent['kind']>(
  kind: Kind,
  outcomes: readonly RelayDecision['outcome']['kind'][],
  settle: (settled: Settled<Kind>) => RelayDecision,
): RelayRulebookPatch {
  const isMeant = (event: RelayEvent): event is RequestOf<Kind> => event.kind === kind
  return {
    consequences: {
      settled: (decision, event, scene) =>
        isMeant(event) && outcomes.includes(decision.outcome.kind)
          ? settle({ event, decision, scene, state: scene.state })
          : decision,
    },
  }
}

/** Such requests also change what `aftermath` says. */
export function alsoChanging<const Kind extends RelayEvent['kind']>(
  kind: Kind,
  outcomes: readonly RelayDecision['outcome']['kind'][],
  aftermath: (settled: Settled<Kind>) => readonly RelayChange[],
): RelayRulebookPatch {
  return settling(kind, outcomes, (settled) => ({
    ...settled.decision,
    changes: [...settled.decision.changes, ...aftermath(settled)],
  }))
}

/** The device that a request names as its caller's, whatever password it gives; undefined where there is none. */
export function namedBy(
  { authorization }: Pick<RequestHead, 'authorization'>,
  { accounts }: RelayState,
): Named | undefined {
  const credentials = readAuthorization(authorization)
  if (credentials.kind !== 'credentials') return undefined
  const account = accounts.get(credentials.number)
  const device = account?.devices.get(credentials.deviceId)
  return account === undefined || device === undefined ? undefined : { account, device }
}

/** The change by which a device of an account has no push id any more. */
export function withoutPushId({ account: { number }, device }: Named): RelayChange {
  return { kind: 'device-stored', number, device: { ...device, gcmId: null, apnId: null } }
}
