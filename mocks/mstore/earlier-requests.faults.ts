import { memory } from '#mocks/engine/memory.ts'
import { isObject } from '#protocol/mstore/members.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { settledOf } from './also-changing.ts'
import type { MStoreDecision } from './outcomes.ts'
import type { MStorePatch } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'
import type { SettledRequest } from './also-changing.ts'

/** Faults by which a request is served otherwise for the one before it on its mailbox. */
export const EARLIER_REQUEST_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-UPLOAD-14/loses-seen-after-a-deletion',
    'a greeting that is uploaded next after a deletion is new',
    behind({ outcomes: ['done', 'mixed'], operations: ['bulk-delete'], kind: 'stored' }, ({ decision }) => ({
      ...decision,
      changes: decision.changes.map((change) =>
        change.kind === 'object-stored' ? { ...change, object: { ...change.object, seen: false } } : change,
      ),
    })),
  ),
  walkFault(
    'MSTORE-PROFILE-17/forgets-after-a-refused-pin',
    'what is written to a profile next after a PIN was refused is taken and not stored',
    behind({ outcomes: ['refused-pin'], operations: ['change-pin'], kind: 'written' }, ({ decision }) => ({
      ...decision,
      changes: decision.changes.filter(({ kind }) => kind !== 'profile-stored'),
    })),
  ),
  walkFault(
    'MSTORE-SEARCH-26/skips-one-after-a-mark',
    'a next page that is asked for next after objects were marked leaves out its first object',
    behind({ outcomes: ['done', 'mixed'], operations: ['bulk-update'], kind: 'found' }, (settled) =>
      isNextPage(settled) ? withoutFirst(settled.decision) : settled.decision,
    ),
  ),
]

/** Outcomes of operations, and the one that comes next after one of them. */
interface Sequence {
  readonly outcomes: readonly string[]
  readonly operations: readonly string[]
  readonly kind: MStoreDecision['outcome']['kind']
}

interface RequestsBefore {
  readonly byMailbox: Map<string, string>
}

/** Requests that come to an outcome next after one of other operations on their mailbox, reads aside, lead to what `settle` makes of it. */
function behind(
  { outcomes, operations, kind }: Sequence,
  settle: (settled: SettledRequest) => MStoreDecision,
): MStorePatch {
  const earlierOf = memory((): RequestsBefore => ({ byMailbox: new Map() }))
  return {
    consequences: {
      settled: (decision, request, scene) => {
        const settled = settledOf(decision, request, scene)
        if (settled === null) return decision
        const { byMailbox } = earlierOf(scene.state)
        const { outcome } = decision
        const { msisdn } = settled.mailbox.subscriber
        const last = byMailbox.get(msisdn)
        const isBehind = operations.some((operation) =>
          outcomes.some((each) => last === `${operation} ${each}`),
        )
        if (!PASSING.includes(outcome.operation) && outcome.kind !== 'no-credentials')
          byMailbox.set(msisdn, `${outcome.operation} ${outcome.kind}`)
        return isBehind && outcome.kind === kind ? settle(settled) : decision
      },
    },
  }
}

/** Operations that do not come between two others. */
const PASSING: readonly string[] = ['read-profile', 'read-folder', 'read-object', 'read-payload', 'search']

function isNextPage({ request: { body } }: SettledRequest): boolean {
  const json = typeof body === 'string' ? null : parsePlainJson(body)
  return json?.kind === 'json' && JSON.stringify(json.plain).includes('fromCursor')
}

function withoutFirst(decision: MStoreDecision): MStoreDecision {
  const { content } = decision.outcome
  const value = content.kind === 'json' ? content.value : null
  const list = isObject(value) ? value['objectList'] : null
  const objects = isObject(list) ? list['object'] : null
  if (!isObject(value) || !isObject(list) || !Array.isArray(objects)) return decision
  const shorter = { ...value, objectList: { ...list, object: objects.slice(1) } }
  return {
    ...decision,
    outcome: { ...decision.outcome, content: { ...content, value: shorter } },
  } as MStoreDecision
}
