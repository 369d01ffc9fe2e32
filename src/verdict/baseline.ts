import type { BaselineEntry, RunRecord } from '#evidence/run-record.ts'
import type { Requirement } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { RunMessages } from './attempt.ts'
import { isAbout, isObserved } from './baseline-match.ts'
import { isNarrowed } from './coverage.ts'
import { staleness, type EntryCase } from './baseline-rules.ts'
import type { ScenarioResult } from './outcome.ts'

/** What is said of a baseline entry that matched no failure. */
export interface BaselineRemark {
  /** The number of the entry in the file; from 1. */
  readonly entry: number
  /** One line: which entry, and why it matched nothing. */
  readonly text: string
  /** Whether the run fails for it; a mere note where it is not known. */
  readonly fails: boolean
}

/** The scenarios after a baseline, and what it said that did not come true. */
export interface Baselined {
  readonly scenarios: readonly ScenarioResult[]
  readonly remarks: readonly BaselineRemark[]
}

/** What the baseline is held against. */
export interface BaselineContext {
  readonly run: RunRecord
  readonly messages: RunMessages
  readonly requirements: ReadonlyMap<string, Requirement>
}

/**
 * Marks the failures that are known and the passes that were not expected. An entry accepts every failure
 * it matches that no earlier entry has; it never accepts what was not judged. An entry for another dialect, or
 * for a protocol that was not verified, is ignored; one past its date accepts nothing.
 */
export function applyBaseline(scenarios: readonly ScenarioResult[], context: BaselineContext): Baselined {
  const { baseline, preflight } = context.run
  if (baseline === null) return { scenarios, remarks: [] }
  const entries = entriesFor(context.run)
  const taken = scenarios.map((scenario) => take(scenario, entries, context.run))
  if (preflight !== null) return { scenarios: taken, remarks: [] }
  const stale = entries
    .filter(({ number }) => !taken.some(({ baselineEntry }) => baselineEntry === number))
    .map((numbered) => staleness(caseOf(numbered, taken, context)))
  return {
    scenarios: taken.map((scenario) => contradicted(scenario, stale)),
    remarks: stale.map(({ number, text, fails }) => ({
      entry: number,
      text: `${baseline.file}: entry ${number} ${text}`,
      fails,
    })),
  }
}

/** The scenario, which is a known deviation where the baseline of the run has an entry for its failure. */
export function asKnown(scenario: ScenarioResult, run: RunRecord): ScenarioResult {
  return take(scenario, entriesFor(run), run)
}

function entriesFor(run: RunRecord): readonly Numbered[] {
  return (run.baseline?.entries ?? [])
    .map((entry, index) => ({ entry, number: index + 1 }))
    .filter(({ entry }) => isForThisRun(entry, run))
}

function isForThisRun({ dialect, requirement = '' }: BaselineEntry, run: RunRecord): boolean {
  const protocol = PROTOCOLS.find((each) => requirement.startsWith(`${each.toUpperCase()}-`))
  return (
    (dialect === undefined || dialect === run.dialect) &&
    (protocol === undefined || run.protocols.includes(protocol))
  )
}

/** An entry with its number in the file. */
interface Numbered {
  readonly entry: BaselineEntry
  readonly number: number
}

function take(scenario: ScenarioResult, entries: readonly Numbered[], run: RunRecord): ScenarioResult {
  if (scenario.outcome !== 'failed') return scenario
  const match = entries.find(
    ({ entry }) => !isExpired(entry, run) && isAbout(entry, scenario) && isObserved(entry, scenario),
  )
  return match === undefined
    ? scenario
    : { ...scenario, outcome: 'known-deviation', baselineEntry: match.number }
}

function isExpired({ until }: BaselineEntry, { startedAt }: RunRecord): boolean {
  return until !== undefined && startedAt.slice(0, 10) > until
}

/** Whether a scenario would show the entry's failure. */
function concerns(entry: BaselineEntry, scenario: ScenarioResult): boolean {
  return (
    (entry.requirement === undefined || scenario.requirements.includes(entry.requirement)) &&
    (entry.scenario === undefined || scenario.name === entry.scenario)
  )
}

function caseOf(
  { entry, number }: Numbered,
  scenarios: readonly ScenarioResult[],
  { run, messages, requirements }: BaselineContext,
): EntryCase {
  return {
    entry,
    number,
    expired: isExpired(entry, run),
    requirement: entry.requirement === undefined ? null : (requirements.get(entry.requirement) ?? null),
    failures: scenarios.filter((scenario) => isAbout(entry, scenario)),
    concerned: scenarios.filter((scenario) => concerns(entry, scenario)),
    exists: [...messages.known.values()].some(({ name }) => name === entry.scenario),
    narrowed: isNarrowed(run),
  }
}

function contradicted(
  scenario: ScenarioResult,
  stale: readonly { readonly number: number; readonly passed: readonly ScenarioResult[] }[],
): ScenarioResult {
  const entry = stale.find(({ passed }) => passed.includes(scenario))
  return entry === undefined
    ? scenario
    : {
        ...scenario,
        outcome: 'unexpected-pass',
        message: `passed although baseline entry ${entry.number} expects it to fail`,
        baselineEntry: entry.number,
      }
}
