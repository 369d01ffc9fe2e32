import type { RunRecord } from '#evidence/run-record.ts'
import type { Level } from '#protocol/register.ts'
import type { BaselineRemark } from './baseline.ts'
import { coverageGaps, isCheckable, type RunCoverage } from './coverage.ts'
import { counted } from './describe.ts'
import type { ScenarioOutcome, ScenarioResult } from './outcome.ts'
import type { RequirementResult } from './requirement-verdict.ts'

/** The verdicts of a whole run, and the exit code of each. */
export const EXIT_CODES = {
  interrupted: 130,
  'harness-error': 4,
  'non-conformant': 1,
  inconclusive: 3,
  incomplete: 3,
  conformant: 0,
} as const

/** What is said of a run as a whole. */
export type Verdict = keyof typeof EXIT_CODES

/** All that the verdict of a run rests on. */
export interface VerdictGrounds {
  readonly run: RunRecord
  readonly scenarios: readonly ScenarioResult[]
  readonly requirements: readonly RequirementResult[]
  readonly coverage: RunCoverage
  readonly remarks: readonly BaselineRemark[]
  /** One line for each failure of Touchstone itself. */
  readonly harnessErrors: readonly string[]
}

/** The verdict, and one line for every reason there is for one worse than conformant. */
export interface RunVerdict {
  readonly verdict: Verdict
  readonly reasons: readonly string[]
}

/** Worst first; a verdict applies where it has a reason. */
const REASONS: readonly (readonly [Verdict, (judged: VerdictGrounds) => readonly string[]])[] = [
  ['interrupted', interrupted],
  ['harness-error', harnessErrors],
  ['non-conformant', violations],
  ['inconclusive', doubts],
  ['incomplete', gaps],
]

/** The worst verdict that has a reason. A run is conformant only where something passed and nothing speaks against it. */
export function judgeRun(judged: VerdictGrounds): RunVerdict {
  const found = REASONS.map(([verdict, reasons]) => ({ verdict, reasons: reasons(judged) }))
  const worst = found.find(({ reasons }) => reasons.length > 0)
  return {
    verdict: worst?.verdict ?? 'conformant',
    reasons: found.flatMap(({ reasons }) => reasons),
  }
}

function interrupted({ run }: VerdictGrounds): string[] {
  return run.interrupted ? ['the run was interrupted before its end'] : []
}

function harnessErrors({ harnessErrors: errors, scenarios }: VerdictGrounds): string[] {
  const broken = having(scenarios, 'harness-error')
  const line = `the harness itself failed in ${counted(broken.length, 'scenario')}`
  return broken.length === 0 ? [...errors] : [...errors, line]
}

function violations({ run, scenarios, requirements, remarks }: VerdictGrounds): string[] {
  const levels = new Map(requirements.map(({ requirement }) => [requirement.id as string, requirement.level]))
  const failed = having(scenarios, 'failed')
  const failing: readonly Level[] = run.options.failOn === 'must' ? ['MUST'] : ['MUST', 'SHOULD']
  const lines = failing.flatMap((level) => {
    const ids = new Set(failed.map(({ failure }) => failure?.requirement ?? ''))
    const count = [...ids].filter((id) => levels.get(id) === level).length
    return count === 0 ? [] : [`${counted(count, `${level} requirement`)} violated`]
  })
  return [...lines, ...flakyLine(failed), ...remarks.filter(({ fails }) => fails).map(({ text }) => text)]
}

/** Says that scenarios are what they are for an attempt before the last. */
function flakyLine(scenarios: readonly ScenarioResult[]): string[] {
  const count = scenarios.filter(({ flaky }) => flaky).length
  return count === 0
    ? []
    : [`${counted(count, 'flaky scenario')}: passed when tried again, which --allow-flaky would accept`]
}

function doubts({ run, scenarios }: VerdictGrounds): string[] {
  if (run.preflight !== null)
    return [
      `${scenarios.length === 0 ? 'nothing was executed' : 'a part was not executed'}: ${run.preflight}`,
    ]
  const open = having(scenarios, 'inconclusive')
  const shown = scenarios.filter(({ outcome }) => !['skipped', 'inconclusive'].includes(outcome))
  return [
    ...(run.recheck === undefined ? [] : [run.recheck]),
    ...(run.mistakes ?? []),
    ...(open.length === 0 ? [] : [`${counted(open.length, 'scenario')} could not be judged`]),
    ...flakyLine(open),
    ...(shown.length === 0 ? ['nothing was verified: no scenario was executed to its end'] : []),
    ...budgetDoubts(run, scenarios),
    ...walkDoubts(run, scenarios),
    ...(run.finishedAt === null && !run.interrupted ? ['the run did not come to its end'] : []),
  ]
}

/** What was not begun because the budget was spent. */
function budgetDoubts({ budget }: RunRecord, scenarios: readonly ScenarioResult[]): string[] {
  const left = scenarios.filter(({ skip }) => skip?.code === 'budget')
  const [first] = left
  if (first?.skip == null) return []
  const sent = budget === undefined ? '' : ` after ${counted(budget.requests, 'request')}`
  return [`the budget was spent${sent} (${first.skip.name}): ${counted(left.length, 'scenario')} not begun`]
}

/** What walks leave open: those that could not go on, and what they found that did not happen again. */
function walkDoubts({ walks = [] }: RunRecord, scenarios: readonly ScenarioResult[]): string[] {
  const passed = new Set(having(scenarios, 'passed').map(({ uri, line }) => `${uri}:${line}`))
  return walks.flatMap(({ protocol, inconclusive, counterexamples }) => [
    ...(inconclusive === null ? [] : [`the walk through the ${protocol} server ended: ${inconclusive}`]),
    ...counterexamples
      .filter(({ location }) => passed.has(location))
      .map(
        ({ requirement, thing, file }) =>
          `a walk found ${requirement} violated (${thing}), which did not happen again: ${file}`,
      ),
  ])
}

function gaps(judged: VerdictGrounds): string[] {
  const { run, coverage } = judged
  return [
    ...(run.options.requireComplete ? omissions(judged) : []),
    ...(run.interrupted ? [] : coverageGaps(run, coverage)),
  ]
}

function omissions({ run, scenarios, requirements }: VerdictGrounds): string[] {
  const musts = new Set<string>(
    requirements
      .filter(({ requirement }) => requirement.level === 'MUST')
      .map(({ requirement }) => requirement.id),
  )
  const skipped = having(scenarios, 'skipped').filter(
    (scenario) => !isAbsent(scenario) || scenario.requirements.some((id) => musts.has(id)),
  )
  const missing = requirements.filter(isGap(run)).filter((result) => !isExcused(result))
  return [
    ...(skipped.length === 0
      ? []
      : [`${counted(skipped.length, 'scenario')} skipped, and completeness is required`]),
    ...(missing.length === 0
      ? []
      : [`${counted(missing.length, 'testable requirement')} not verified, and completeness is required`]),
  ]
}

/** Whether the target file says that the target has not what the scenario is about. */
function isAbsent({ skip }: ScenarioResult): boolean {
  return skip?.code === 'absent'
}

/** What no MUST asks for may be absent where the target file says so. */
function isExcused({ requirement, scenarios }: RequirementResult): boolean {
  return requirement.level !== 'MUST' && scenarios.length > 0 && scenarios.every(isAbsent)
}

/** A requirement that this run could have verified and did not. What a narrowed run left out is no gap. */
function isGap(run: RunRecord): (result: RequirementResult) => boolean {
  const couldCheck = isCheckable(run)
  return (result) => result.verdict === 'not-verified' && couldCheck(result)
}

function having(scenarios: readonly ScenarioResult[], outcome: ScenarioOutcome): readonly ScenarioResult[] {
  return scenarios.filter((one) => one.outcome === outcome)
}
