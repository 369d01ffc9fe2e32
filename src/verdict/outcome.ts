import type { Exchange } from '#evidence/exchange.ts'
import type { Assertion, Finding, Skip, StepEvidence } from '#evidence/step-evidence.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** What can be said of a scenario, in the words that every report uses. */
export const OUTCOMES = [
  'passed',
  'failed',
  'known-deviation',
  'unexpected-pass',
  'skipped',
  'inconclusive',
  'harness-error',
] as const

/** The outcome of one scenario. */
export type ScenarioOutcome = (typeof OUTCOMES)[number]

/** One step or hook of a scenario: what it says, how it ended, what it saw. */
export interface ExecutedStep {
  /** `Given`, `When`, …; `Hook` for what runs before or after the steps. */
  readonly keyword: string
  readonly text: string
  /** Cucumber's word for how it ended, in lower case; `unfinished` where it never ended. */
  readonly status: string
  readonly evidence: readonly StepEvidence[]
}

/** A scenario after its last attempt, judged by the attempt that decides. Times: `startedAt` is ISO 8601, durations are milliseconds. */
export interface ScenarioResult {
  readonly name: string
  readonly uri: string
  /** The line of the scenario, or of its row of examples; from 1. */
  readonly line: number
  /** Null where neither the path nor a tag says. */
  readonly protocol: Protocol | null
  readonly feature: string
  readonly rule: string | null
  /** The requirement ids among its tags. */
  readonly requirements: readonly string[]
  readonly outcome: ScenarioOutcome
  /** One printable line: what, expected, got; or why it was not judged. Null where it passed. */
  readonly message: string | null
  /** The assertion that decided a failure or a known deviation. */
  readonly failure: Assertion | null
  readonly skip: Skip | null
  /** Its last attempt passed or was skipped, but an earlier one was neither. */
  readonly flaky: boolean
  /** What that earlier attempt came to; absent where it is not flaky. */
  readonly earlier?: string
  readonly attempts: number
  /** Null where it never started. */
  readonly startedAt: string | null
  readonly durationMs: number
  readonly steps: readonly ExecutedStep[]
  readonly assertions: number
  readonly exchanges: number
  readonly findings: readonly Finding[]
  /** The number of the baseline entry that matched its failure or that it contradicts; from 1. */
  readonly baselineEntry: number | null
}

/** All exchanges of a scenario, in the order of its steps. */
export function exchangesOf({ steps }: Pick<ScenarioResult, 'steps'>): readonly Exchange[] {
  return steps.flatMap(({ evidence }) => evidence.flatMap(({ exchanges }) => exchanges))
}
