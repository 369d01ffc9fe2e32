import type { Violated } from '../protocol-model.ts'
import { mismatch, staleIds, type MessageSet } from './addressed.ts'
import { violated } from './operation.ts'
import type { RelaySeen } from './seen.ts'

const LEFT_OUT = 'RELAY-MESSAGE-07'
const NOT_THERE = 'RELAY-MESSAGE-08'
const BOTH_LISTS = 'RELAY-MESSAGE-10'
const FORM_OF_409 = 'RELAY-MESSAGE-09'
const FORM_OF_410 = 'RELAY-MESSAGE-13'

/** What a 409 to that set violates; null where its lists are those of a mismatch that there may be. */
export function misfitOfMismatch(set: MessageSet, seen: RelaySeen, basic: string): Violated | null {
  const { missing, extra } = seen
  if (missing === undefined || extra === undefined)
    return violated(FORM_OF_409, {
      thing: 'body of a 409',
      expected: 'JSON with missingDevices and extraDevices',
      got: 'something else',
    })
  const certain = mismatch(set)
  const addressed = set.addressed.map(({ id }) => id)
  const isTwice = new Set(addressed).size < addressed.length
  if (missing.length + extra.length === 0 && !isTwice)
    return violated(isNone(certain) ? basic : BOTH_LISTS, {
      thing: 'devices of a 409',
      expected: shown(certain),
      got: 'none',
    })
  const lacking = [...set.required, ...set.optional]
    .map(({ id }) => id)
    .filter((id) => !addressed.includes(id))
  const spare = isTwice ? addressed : addressed.filter((id) => !set.required.some((each) => each.id === id))
  const isRight = isBetween(missing, certain.missing, lacking) && isBetween(extra, certain.extra, spare)
  if (isRight) return null
  const requirement = isNone(certain) ? basic : requirementOf(certain)
  return violated(requirement, {
    thing: 'devices of a 409',
    expected: shown(certain),
    got: shown({ missing, extra }),
  })
}

/** What a 410 to that set violates; null where it lists the stale devices. */
export function misfitOfStale(set: MessageSet, { stale }: RelaySeen, fresh: string): Violated | null {
  if (stale === undefined)
    return violated(FORM_OF_410, {
      thing: 'body of a 410',
      expected: 'JSON with staleDevices',
      got: 'something else',
    })
  const certain = staleIds(set, 'yes')
  const possible = staleIds(set, 'yes', 'maybe')
  const expected = certain.join(', ') || 'none'
  if (possible.length === 0)
    return violated(fresh, { thing: 'status of a set without stale devices', expected: '200', got: '410' })
  return stale.length > 0 && isBetween(stale, certain, possible)
    ? null
    : violated('RELAY-MESSAGE-15', { thing: 'staleDevices', expected, got: stale.join(', ') || 'none' })
}

interface Lists {
  readonly missing: readonly number[]
  readonly extra: readonly number[]
}

/** The requirement that a mismatch is reported by. */
export function requirementOf({ missing, extra }: Lists): string {
  if (missing.length > 0 && extra.length > 0) return BOTH_LISTS
  return missing.length > 0 ? LEFT_OUT : NOT_THERE
}

function isNone({ missing, extra }: Lists): boolean {
  return missing.length + extra.length === 0
}

/** Whether a list has all that it must have and nothing that it must not. */
function isBetween(list: readonly number[], least: readonly number[], most: readonly number[]): boolean {
  return least.every((id) => list.includes(id)) && list.every((id) => most.includes(id))
}

function shown({ missing, extra }: Lists): string {
  return `missing [${missing.join(', ')}], extra [${extra.join(', ')}]`
}
