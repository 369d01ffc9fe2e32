import type { Exchange } from '#evidence/exchange.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { shellWord, singleQuoted } from '#evidence/shell-words.ts'
import type { Assertion, Skip } from '#evidence/step-evidence.ts'
import type { Requirement } from '#protocol/register.ts'
import { lastingMismatch } from '#verdict/describe.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { exchangeNumber } from './replay/recorded-exchanges.ts'
import { exchangesOf, type ScenarioOutcome, type ScenarioResult } from '#verdict/outcome.ts'

/**
 * One way in which the server contradicts a requirement, and every scenario that showed it. An error of the server's own
 * is one cause, whichever requirements it violates.
 */
export interface ReportedFailure {
  readonly requirement: Requirement
  /** Further requirements that the same answer violates. */
  readonly also: readonly Requirement[]
  readonly assertion: Assertion
  /** The exchange that shows it; null where the evidence is not an exchange. */
  readonly exchange: Exchange | null
  /** The scenario shown in full. */
  readonly scenario: ScenarioResult
  /** Others that stopped at the same mismatch. */
  readonly others: readonly ScenarioResult[]
}

/** Scenarios that were skipped for the same reason. */
export interface SkipGroup {
  readonly skip: Skip
  readonly scenarios: readonly ScenarioResult[]
}

/** Scenarios of which the same is said: one cause. */
export interface UnjudgedGroup {
  /** The one shown. */
  readonly scenario: ScenarioResult
  readonly alike: readonly ScenarioResult[]
}

const UNJUDGED: readonly ScenarioOutcome[] = ['unexpected-pass', 'inconclusive', 'harness-error']

/** What could not be judged, or passed unexpectedly, by outcome and message: one cause is shown once. */
export function unjudgedGroups(scenarios: readonly ScenarioResult[]): readonly UnjudgedGroup[] {
  const groups = new Map<string, UnjudgedGroup>()
  for (const scenario of scenarios) {
    if (!UNJUDGED.includes(scenario.outcome)) continue
    const key = `${scenario.outcome} ${scenario.message ?? ''}`
    const group = groups.get(key)
    groups.set(
      key,
      group === undefined ? { scenario, alike: [] } : { ...group, alike: [...group.alike, scenario] },
    )
  }
  return [...groups.values()]
}

/** New failures, or known ones: a mismatch once, MUST before SHOULD, in the order of the register. */
export function failuresOf(
  verdicts: Verdicts,
  outcome: 'failed' | 'known-deviation',
): readonly ReportedFailure[] {
  const failures = verdicts.requirements.flatMap(({ requirement, scenarios }) =>
    mismatches(
      requirement,
      scenarios.filter((one) => one.outcome === outcome && one.failure?.requirement === requirement.id),
    ),
  )
  return byCause([...failures.filter(isMust), ...failures.filter((failure) => !isMust(failure))])
}

/** What was skipped, by what is missing; the most first. */
export function skipGroups(scenarios: readonly ScenarioResult[]): readonly SkipGroup[] {
  const groups = new Map<string, { skip: Skip; scenarios: ScenarioResult[] }>()
  for (const scenario of scenarios) {
    if (scenario.skip === null) continue
    const key = JSON.stringify(scenario.skip)
    const group = groups.get(key) ?? { skip: scenario.skip, scenarios: [] }
    groups.set(key, { ...group, scenarios: [...group.scenarios, scenario] })
  }
  return [...groups.values()].sort((one, other) => other.scenarios.length - one.scenarios.length)
}

/** The command that sends an exchange again of the run whose folder is `reports`, for a POSIX shell. */
export function replayCommand(reports: string, exchange: Exchange): string {
  return `touchstone replay ${shellWord(reports)} --exchange ${exchangeNumber(exchange)}`
}

/** The command that runs one scenario again with the same numbers, passwords and keys, for a POSIX shell. */
export function rerunCommand(
  { options, seed, walks = [] }: RunRecord,
  { name, uri, line }: ScenarioResult,
): string {
  const found = walks.flatMap(({ counterexamples }) => counterexamples)
  const file = found.find(({ location }) => location === `${uri}:${line}`)?.file
  const which = file === undefined ? `--only ${singleQuoted(name)}` : `--features ${singleQuoted(file)}`
  return `touchstone ${options.rerun} ${which} --seed ${shellWord(seed)}`
}

/** The requirement that a scenario found violated; null where it found none. */
export function violatedBy(
  { failure }: ScenarioResult,
  { requirements }: Pick<Verdicts, 'requirements'>,
): Requirement | null {
  const found = requirements.find(({ requirement }) => requirement.id === failure?.requirement)
  return found?.requirement ?? null
}

function mismatches(requirement: Requirement, scenarios: readonly ScenarioResult[]): ReportedFailure[] {
  const groups = new Map<string, { assertion: Assertion; scenarios: readonly ScenarioResult[] }>()
  for (const scenario of scenarios) {
    if (scenario.failure === null) continue
    const key = lastingMismatch(scenario.failure)
    const group = groups.get(key) ?? { assertion: scenario.failure, scenarios: [] }
    groups.set(key, { ...group, scenarios: [...group.scenarios, scenario] })
  }
  return [...groups.values()].flatMap(({ assertion, scenarios: [scenario, ...others] }) =>
    scenario === undefined
      ? []
      : [{ requirement, also: [], assertion, exchange: shown(scenario, assertion), scenario, others }],
  )
}

/** An operation that fails with an error of the server's own does so once, whatever it was asked for. */
function byCause(failures: readonly ReportedFailure[]): readonly ReportedFailure[] {
  const causes = new Map<string, ReportedFailure>()
  failures.forEach((failure, index) => {
    const { exchange, assertion } = failure
    const key = isServerError(failure) ? `${exchange?.operation ?? ''} ${assertion.got}` : String(index)
    const known = causes.get(key)
    causes.set(key, known === undefined ? failure : joined(known, failure))
  })
  return [...causes.values()]
}

const SERVER_ERROR = 500

function isServerError({ assertion: { thing, got }, exchange }: ReportedFailure): boolean {
  const status = exchange?.response?.status ?? 0
  return status >= SERVER_ERROR && thing.startsWith('status of ') && got === String(status)
}

function joined(known: ReportedFailure, further: ReportedFailure): ReportedFailure {
  const { requirement, scenario, others } = further
  const isNew = known.requirement !== requirement && !known.also.includes(requirement)
  return {
    ...known,
    also: isNew ? [...known.also, requirement] : known.also,
    others: [...known.others, scenario, ...others],
  }
}

function shown(scenario: ScenarioResult, { exchange }: Assertion): Exchange | null {
  return exchangesOf(scenario).find(({ id }) => id === exchange) ?? null
}

function isMust({ requirement }: ReportedFailure): boolean {
  return requirement.level === 'MUST'
}
