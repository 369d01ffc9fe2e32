import type { Envelope } from '@cucumber/messages'
import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Finding } from '#evidence/step-evidence.ts'
import { isRequirementId, type Requirement } from '#protocol/register.ts'
import { placeOf, type RunMessages } from './attempt.ts'
import { applyBaseline, type BaselineRemark } from './baseline.ts'
import { collect } from './collect.ts'
import { coverageOf, type RunCoverage } from './coverage.ts'
import type { ScenarioResult } from './outcome.ts'
import { reportAbsentOnce } from './not-implemented.ts'
import { judgeRequirements, type RequirementResult } from './requirement-verdict.ts'
import { EXIT_CODES, judgeRun, type Verdict } from './run-verdict.ts'
import { cutShort, judgeScenarios } from './scenarios.ts'
import { totalsOf, type Totals } from './totals.ts'

/** All that is said of a run. Every report is made from this and the run's record. */
export interface Verdicts {
  readonly verdict: Verdict
  readonly exitCode: number
  /** One line for every reason there is for a verdict worse than conformant, the worst first. */
  readonly reasons: readonly string[]
  readonly scenarios: readonly ScenarioResult[]
  readonly requirements: readonly RequirementResult[]
  readonly coverage: RunCoverage
  readonly totals: Totals
  /** Each finding once, by requirement. */
  readonly findings: readonly Finding[]
  readonly remarks: readonly BaselineRemark[]
  /** What the harness did wrong outside any scenario. */
  readonly harnessErrors: readonly string[]
}

/** Judges a run from its message stream, its record and the requirements of its protocols. */
export function judge(
  envelopes: Iterable<Envelope>,
  run: RunRecord,
  requirements: ReadonlyMap<string, Requirement>,
): Verdicts {
  const messages = collect(envelopes)
  const levelOf = (id: string): Requirement['level'] | null => requirements.get(id)?.level ?? null
  const counts = (id: string): boolean => run.options.failOn !== 'must' || levelOf(id) === 'MUST'
  const { scenarios, remarks } = applyBaseline(
    reportAbsentOnce(judgeScenarios(messages, run, levelOf), counts),
    {
      run,
      messages,
      requirements,
    },
  )
  const results = judgeRequirements(requirements.values(), scenarios, { run, messages })
  const harnessErrors = errorsOf(messages, run, { scenarios, requirements })
  const coverage = coverageOf(run, results)
  const judged = { run, scenarios, requirements: results, coverage, remarks, harnessErrors }
  const { verdict, reasons } = judgeRun(judged)
  return {
    verdict,
    exitCode: EXIT_CODES[verdict],
    reasons,
    scenarios,
    requirements: results,
    coverage,
    totals: totalsOf(run, scenarios, results),
    findings: findingsOf(scenarios),
    remarks,
    harnessErrors,
  }
}

interface JudgedAgainst {
  readonly scenarios: readonly ScenarioResult[]
  readonly requirements: ReadonlyMap<string, Requirement>
}

function errorsOf(messages: RunMessages, run: RunRecord, known: JudgedAgainst): string[] {
  const errors = [
    ...run.harnessErrors,
    ...messages.errors,
    ...unselected(messages, run),
    ...unknownTags(messages, known),
    ...brokenStream(messages, run, known),
  ]
  return errors.map((error) => printable(error.split('\n')[0] ?? error))
}

function unselected({ executed }: RunMessages, { selection }: RunRecord): string[] {
  const selected = new Set(selection.scenarios)
  return [...executed.keys()]
    .filter((place) => !selected.has(place))
    .map((place) => `${place}: ran without being selected`)
}

function unknownTags({ executed }: RunMessages, { requirements }: JudgedAgainst): string[] {
  return [...executed.values()].flatMap(({ plan }) =>
    plan.tags
      .filter((tag) => isRequirementId(tag) && !requirements.has(tag))
      .map((tag) => `${placeOf(plan)}: tag @${tag} is in no register`),
  )
}

/** A stream that contradicts the record of the run, or the verdicts made from it. */
function brokenStream(messages: RunMessages, run: RunRecord, { scenarios }: JudgedAgainst): string[] {
  if (run.preflight !== null || cutShortBySignal(run)) return []
  if (!messages.complete) return ['message stream: it ends before the run does']
  const explained = scenarios.some(
    ({ outcome, steps }) =>
      !['passed', 'unexpected-pass', 'skipped'].includes(outcome) ||
      steps.some(({ status }) => status === 'failed'),
  )
  return messages.success === false && !explained && messages.errors.length === 0
    ? ['message stream: it says that the run failed, and no scenario did']
    : []
}

function cutShortBySignal(run: RunRecord): boolean {
  return run.options.failFast !== true && cutShort(run) !== null
}

function findingsOf(scenarios: readonly ScenarioResult[]): Finding[] {
  const all = scenarios.flatMap(({ findings }) => findings)
  const once = new Map(all.map((finding) => [`${finding.requirement} ${finding.text}`, finding]))
  return [...once.values()]
    .map(({ requirement, text }) => ({ requirement, text: printable(text) }))
    .sort((one, other) => compare(one.requirement, other.requirement) || compare(one.text, other.text))
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
