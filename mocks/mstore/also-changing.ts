import type { MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'
import type { MStoreOperation } from './operations.ts'
import type { MStoreDecision } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import type { MStoreScene } from './scene.ts'
import type { MStoreState } from './state.ts'

/** A request that was decided, and all it was decided from. */
export interface SettledRequest {
  readonly request: MStoreRequest
  readonly decision: MStoreDecision
  readonly target: MailboxTarget
  /** The mailbox that the request names, before it is changed. */
  readonly mailbox: StoredMailbox
  readonly scene: MStoreScene<unknown>
  readonly state: MStoreState
}

/** Requests of these operations that come to one of these outcomes lead to what `settle` makes of it. */
export function settling(
  operations: readonly MStoreOperation[],
  outcomes: readonly MStoreDecision['outcome']['kind'][],
  settle: (settled: SettledRequest) => MStoreDecision,
): MStorePatch {
  return {
    consequences: {
      settled: (decision, request, scene) => {
        const { operation, kind } = decision.outcome
        const isMeant = operations.some((each) => each === operation) && outcomes.includes(kind)
        const settled = isMeant ? settledOf(decision, request, scene) : null
        return settled === null ? decision : settle(settled)
      },
    },
  }
}

/** Such requests also change what `aftermath` says. */
export function alsoChanging(
  operations: readonly MStoreOperation[],
  outcomes: readonly MStoreDecision['outcome']['kind'][],
  aftermath: (settled: SettledRequest) => readonly MStoreStateChange[],
): MStorePatch {
  return settling(operations, outcomes, (settled) => ({
    ...settled.decision,
    changes: [...settled.decision.changes, ...aftermath(settled)],
  }))
}

/** A decided request with the mailbox that it names; null where there is none. */
export function settledOf(
  decision: MStoreDecision,
  request: MStoreRequest,
  scene: MStoreScene<unknown>,
): SettledRequest | null {
  const target = documented.routes.read(request.target)
  if (target.kind === 'parse-error') return null
  const { state } = scene
  const mailbox = state.mailboxes.get(target.msisdn)
  return mailbox === undefined ? null : { request, decision, target, mailbox, scene, state }
}

/** The change that puts an object into a mailbox, or in place of the one at its path. */
export function storing({ subscriber: { msisdn } }: StoredMailbox, object: StoredObject): MStoreStateChange {
  return { kind: 'object-stored', msisdn, object }
}

/** The change that takes an object out of a mailbox. */
export function removing({ subscriber: { msisdn } }: StoredMailbox, object: StoredObject): MStoreStateChange {
  return { kind: 'object-removed', msisdn, path: objectPath(object) }
}

/** The objects of a folder of a mailbox, the oldest number first. */
export function objectsIn(
  { objects }: StoredMailbox,
  folder: StoredObject['folder'],
): readonly StoredObject[] {
  return [...objects.values()]
    .filter((object) => object.folder === folder)
    .toSorted((one, other) => one.number - other.number)
}

/** The mailbox that was made just after another one; undefined where that is the latest. */
export function mailboxAfter(
  { subscriber }: StoredMailbox,
  mailboxes: MStoreState['mailboxes'],
): StoredMailbox | undefined {
  const all = [...mailboxes.values()]
  return all[all.findIndex((each) => each.subscriber.msisdn === subscriber.msisdn) + 1]
}
