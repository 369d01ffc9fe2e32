import { memory } from '#mocks/engine/memory.ts'
import type { MStoreStateChange } from './changes.ts'
import { settledOf, type SettledRequest } from './also-changing.ts'
import type { MStoreOperation } from './operations.ts'
import type { MStoreDecision } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStorePatch } from './rulebook.ts'
import type { MStoreState } from './state.ts'

/** What a request changed, and the mailbox as it was before. */
export type Earlier = Pick<SettledRequest, 'decision' | 'mailbox'>

/** Which two requests overlap: the one that changed something meanwhile, and the one that comes to one of the outcomes. */
export interface Overlap {
  readonly meanwhile: readonly MStoreOperation[]
  readonly operations: readonly MStoreOperation[]
  readonly outcomes: readonly MStoreDecision['outcome']['kind'][]
}

interface Recorded extends Earlier {
  /** How many challenges had been given out. */
  readonly challenges: number
}

const MOST_RECORDED = 50

/**
 * What a request changes is what `changed` makes of it, where another one changed the same mailbox after it had got its
 * challenge, as requests do that are sent at once.
 */
export function overlapping(
  { meanwhile, operations, outcomes }: Overlap,
  changed: (settled: SettledRequest, earlier: Earlier) => readonly MStoreStateChange[],
): MStorePatch {
  const recordedOf = memory((): { all: readonly Recorded[] } => ({ all: [] }))
  return {
    consequences: {
      settled: (decision, request, scene) => {
        const settled = settledOf(decision, request, scene)
        if (settled === null) return decision
        const recorded = recordedOf(scene.state)
        const { msisdn } = settled.mailbox.subscriber
        const since = challengesBefore(request, scene.state)
        const earlier = recorded.all.find(
          (each) => each.mailbox.subscriber.msisdn === msisdn && each.challenges >= since,
        )
        const { operation, kind } = decision.outcome
        if (meanwhile.some((each) => each === operation) && isChanging(decision))
          recorded.all = [...recorded.all, asRecorded(settled)].slice(-MOST_RECORDED)
        const isMeant = operations.some((each) => each === operation) && outcomes.includes(kind)
        return earlier === undefined || !isMeant
          ? decision
          : { ...decision, changes: changed(settled, earlier) }
      },
    },
  }
}

/** How many challenges had been given out when a request got its own, that one among them. */
function challengesBefore({ authorization = '' }: MStoreRequest, { nonces }: MStoreState): number {
  const nonce = /\bnonce="([^"]*)"/.exec(authorization)?.[1] ?? ''
  const place = [...nonces.keys()].indexOf(nonce)
  return place < 0 ? Infinity : place + 1
}

function isChanging({ changes }: MStoreDecision): boolean {
  return changes.some(({ kind }) => kind !== 'nonce-issued' && kind !== 'nonce-used')
}

function asRecorded({ decision, mailbox, state }: SettledRequest): Recorded {
  const { subscriber, objects, nextNumbers } = mailbox
  const before = { subscriber, objects: new Map(objects), nextNumbers: { ...nextNumbers } }
  return { decision, mailbox: before, challenges: state.nonces.size }
}
