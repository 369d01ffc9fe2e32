import type { BaselineEntry } from '#evidence/run-record.ts'
import type { Requirement } from '#protocol/register.ts'
import { printable } from '#evidence/printable.ts'
import { isObserved } from './baseline-match.ts'
import { describeLasting } from './describe.ts'
import type { ScenarioResult } from './outcome.ts'

/** A baseline entry that matched no failure, with all that may explain it. */
export interface EntryCase {
  readonly entry: BaselineEntry
  readonly number: number
  readonly expired: boolean
  /** The requirement it names; null where it names none that is known. */
  readonly requirement: Requirement | null
  /** Failures of its requirement and scenario, whose messages it does not match. */
  readonly failures: readonly ScenarioResult[]
  /** Scenarios that would show its failure. */
  readonly concerned: readonly ScenarioResult[]
  /** Whether some feature file has a scenario of the name in the entry. */
  readonly exists: boolean
  /** Whether only a part of the scenarios was selected. */
  readonly narrowed: boolean
}

/** Why an entry matched nothing. */
export interface Staleness {
  readonly number: number
  readonly text: string
  readonly fails: boolean
  /** The scenarios that passed in spite of it. */
  readonly passed: readonly ScenarioResult[]
}

interface Explanation {
  readonly text: string
  readonly fails?: false
  readonly passed?: readonly ScenarioResult[]
}

/** The reasons, the first that applies is given. */
const REASONS: readonly ((stale: EntryCase) => Explanation | null)[] = [
  expired,
  namesNothing,
  isOnlyRecorded,
  takenEarlier,
  failedOtherwise,
  notJudged,
  passed,
  skipped,
  leftNothing,
  notSelected,
]

/** Says why `stale` matched nothing, and whether the run fails for it. */
export function staleness(stale: EntryCase): Staleness {
  const explanation = REASONS.map((reason) => reason(stale)).find((given) => given !== null) ?? {
    text: 'concerns no scenario of the suite: remove it',
  }
  return {
    number: stale.number,
    text: printable(`(${subject(stale.entry)}) ${explanation.text}`),
    fails: explanation.fails ?? true,
    passed: explanation.passed ?? [],
  }
}

function subject({ requirement, scenario }: BaselineEntry): string {
  return [requirement, scenario === undefined ? undefined : `"${scenario}"`].filter(Boolean).join(' ')
}

function expired({ entry, expired: past }: EntryCase): Explanation | null {
  return past ? { text: `has expired: it held until ${String(entry.until)}` } : null
}

function namesNothing({ entry, requirement, exists, narrowed }: EntryCase): Explanation | null {
  if (entry.requirement === undefined && entry.scenario === undefined)
    return { text: 'names neither a requirement nor a scenario' }
  if (entry.requirement !== undefined && requirement === null)
    return { text: 'names nothing: the register has no such requirement' }
  return entry.scenario !== undefined && !exists && !narrowed
    ? { text: 'names nothing: no feature has a scenario of this name' }
    : null
}

function isOnlyRecorded({ requirement }: EntryCase): Explanation | null {
  return requirement?.level === 'MAY'
    ? { text: 'is needless: a MAY never fails a run, what the server does is listed as a finding' }
    : null
}

function takenEarlier({ entry, failures }: EntryCase): Explanation | null {
  const earlier = failures.find(
    (scenario) => scenario.outcome === 'known-deviation' && isObserved(entry, scenario),
  )
  return earlier === undefined
    ? null
    : { text: `is needless: entry ${String(earlier.baselineEntry)} takes the same failure` }
}

function failedOtherwise({ entry, failures }: EntryCase): Explanation | null {
  const other = failures.find(
    (scenario) => scenario.outcome === 'failed' && !isObserved(entry, scenario),
  )?.failure
  return other == null
    ? null
    : { text: `failed for another reason: expected "${entry.expect}", got "${describeLasting(other)}"` }
}

function notJudged({ concerned }: EntryCase): Explanation | null {
  const open = concerned.find(({ outcome }) => outcome === 'inconclusive' || outcome === 'harness-error')
  return open === undefined
    ? null
    : { text: `could not be checked: "${open.name}" is ${open.outcome}`, fails: false }
}

function passed({ entry, concerned }: EntryCase): Explanation | null {
  const good = concerned.filter(({ outcome }) => outcome === 'passed')
  const [first] = good
  return first === undefined
    ? null
    : {
        text: `did not come true: expected "${entry.expect}", but "${first.name}" passed; remove the entry`,
        passed: good,
      }
}

function skipped({ concerned }: EntryCase): Explanation | null {
  const one = concerned.find(({ outcome }) => outcome === 'skipped')
  return one === undefined
    ? null
    : { text: `was not checked: "${one.name}" was skipped, since it needs ${String(one.message)}` }
}

/** What failed is another entry's: it says nothing of why this one matched nothing. */
function leftNothing({ entry, failures }: EntryCase): Explanation | null {
  const [known] = failures
  return known === undefined
    ? null
    : {
        text: `is needless: no failure has "${entry.expect}", and entry ${String(known.baselineEntry)} takes the one there is`,
      }
}

function notSelected({ narrowed }: EntryCase): Explanation | null {
  return narrowed ? { text: 'was not checked: nothing it concerns was selected', fails: false } : null
}
