import type { RunRecord } from '#evidence/run-record.ts'
import type { ScenarioOutcome, ScenarioResult } from './outcome.ts'
import type { RequirementResult, RequirementVerdict } from './requirement-verdict.ts'

/** How many of what. The scenarios' counts by outcome add up to `judged`; `flaky` ones are among `passed`. */
export interface Totals {
  readonly scenarios: Readonly<Record<ScenarioOutcome, number>> & {
    readonly selected: number
    readonly judged: number
    readonly flaky: number
  }
  readonly requirements: Readonly<Record<RequirementVerdict, number>>
  readonly exchanges: number
  readonly assertions: number
}

/** Counts what the reports count. */
export function totalsOf(
  run: RunRecord,
  scenarios: readonly ScenarioResult[],
  requirements: readonly RequirementResult[],
): Totals {
  const outcomes = (outcome: ScenarioOutcome): number =>
    scenarios.filter((one) => one.outcome === outcome).length
  const verdicts = (verdict: RequirementVerdict): number =>
    requirements.filter((one) => one.verdict === verdict).length
  return {
    scenarios: {
      selected: run.selection.scenarios.length,
      judged: scenarios.length,
      passed: outcomes('passed'),
      failed: outcomes('failed'),
      'known-deviation': outcomes('known-deviation'),
      'unexpected-pass': outcomes('unexpected-pass'),
      skipped: outcomes('skipped'),
      inconclusive: outcomes('inconclusive'),
      'harness-error': outcomes('harness-error'),
      flaky: scenarios.filter(({ flaky }) => flaky).length,
    },
    requirements: {
      verified: verdicts('verified'),
      violated: verdicts('violated'),
      'known-deviation': verdicts('known-deviation'),
      'not-verified': verdicts('not-verified'),
    },
    exchanges: scenarios.reduce((sum, { exchanges }) => sum + exchanges, 0),
    assertions: scenarios.reduce((sum, { assertions }) => sum + assertions, 0),
  }
}
