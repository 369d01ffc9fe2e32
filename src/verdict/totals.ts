import type { RunRecord } from '#evidence/run-record.ts'
import type { ScenarioOutcome, ScenarioResult } from './outcome.ts'
import {
  NOT_VERIFIED_CODES,
  notVerifiedCode,
  type NotVerifiedCode,
  type RequirementResult,
  type RequirementVerdict,
} from './requirement-verdict.ts'

/** How many of what. The scenarios' counts by outcome add up to `judged`; `flaky` ones are among all. */
export interface Totals {
  readonly scenarios: Readonly<Record<ScenarioOutcome, number>> & {
    readonly selected: number
    readonly judged: number
    readonly flaky: number
  }
  readonly requirements: Readonly<Record<RequirementVerdict, number>>
  /** The requirements that are not verified, by the reason. */
  readonly notVerified: Readonly<Record<NotVerifiedCode, number>>
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
    notVerified: notVerified(requirements),
    exchanges: scenarios.reduce((sum, { exchanges }) => sum + exchanges, 0),
    assertions: scenarios.reduce((sum, { assertions }) => sum + assertions, 0),
  }
}

function notVerified(requirements: readonly RequirementResult[]): Readonly<Record<NotVerifiedCode, number>> {
  const codes = requirements.map(notVerifiedCode)
  const counts = NOT_VERIFIED_CODES.map((code) => [code, codes.filter((one) => one === code).length])
  return Object.fromEntries(counts) as Record<NotVerifiedCode, number>
}
