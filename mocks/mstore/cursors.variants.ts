import { parseJson } from '#protocol/json.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { settling, type SettledRequest } from './also-changing.ts'
import type { MStoreDecision } from './outcomes.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { search } = documented

/** What stands between the cursor of the mock and the nonce of the request that it was given out for. */
const MARK = '~'
const USED = 'cursor'

/** Searches whose cursors have another life, and are right. */
export const CURSOR_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-SEARCH-27/takes-a-cursor-once',
    summary: 'a cursor that was used is refused',
    open: 'a cursor leads to the next page; nothing says that it does so twice',
    patch: {
      ...settling(['search'], ['found'], onceEach),
      search: {
        page: (objects, { maxEntries, fromCursor }) =>
          search.page(objects, { maxEntries, fromCursor: fromCursor?.split(MARK)[0] ?? null }),
      },
    },
    areas: ['MSTORE-UPLOAD'],
    alone: true,
  }),
]

function onceEach({ request, decision, state }: SettledRequest): MStoreDecision {
  const [, before = ''] = cursorOf(request).split(MARK)
  if (state.nonces.get(before)?.used.has(USED) === true)
    return {
      ...decision,
      outcome: { operation: 'search', kind: 'bad-cursor', content: { kind: 'network-error' } },
    }
  return {
    ...decision,
    outcome: marked(decision),
    changes: [...decision.changes, { kind: 'nonce-used', nonce: before, nc: USED }],
  }
}

/** The outcome of a search, its cursor marked with the nonce of the request. */
function marked({ outcome, changes }: MStoreDecision): MStoreDecision['outcome'] {
  if (outcome.operation !== 'search' || outcome.kind !== 'found' || outcome.content.kind !== 'json')
    return outcome
  const nonce = changes.flatMap((change) => (change.kind === 'nonce-used' ? [change.nonce] : []))[0] ?? ''
  const list = membersOf(membersOf(outcome.content.value)['objectList'])
  const { cursor } = list
  if (typeof cursor !== 'string') return outcome
  return {
    ...outcome,
    content: { kind: 'json', value: { objectList: { ...list, cursor: cursor + MARK + nonce } } },
  }
}

function cursorOf({ body }: SettledRequest['request']): string {
  if (typeof body === 'string') return ''
  const read = parseJson(body)
  const plain = read.kind === 'json' ? read.plain : undefined
  const { fromCursor } = membersOf(membersOf(plain)['selectionCriteria'])
  return typeof fromCursor === 'string' ? fromCursor : ''
}
