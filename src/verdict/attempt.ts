import type { ExecutedStep } from './outcome.ts'

/** One attempt at a scenario, from the message stream. Times are milliseconds since the Unix epoch. */
export interface ScenarioAttempt {
  readonly startedAt: number
  /** Null where the stream ends before the attempt does. */
  readonly finishedAt: number | null
  readonly willBeRetried: boolean
  readonly steps: readonly ExecutedStep[]
  /** The message of the exception that failed it, unredacted by us; null where there was none. */
  readonly exception: string | null
  /** What is wrong with the evidence itself: an attachment that is not what it claims to be. */
  readonly unreadable: string | null
}

/** A scenario as the feature files have it. */
export interface FeatureScenario {
  readonly uri: string
  readonly line: number
  readonly name: string
  readonly feature: string
  readonly rule: string | null
  /** Tags without their `@`. */
  readonly tags: readonly string[]
}

/** A scenario of the run and all attempts at it, first to last. */
export interface ScenarioRecord {
  readonly plan: FeatureScenario
  readonly attempts: readonly ScenarioAttempt[]
}

/** All that a message stream says. */
export interface RunMessages {
  /** What was to be executed, whether or not it began; by `uri:line`. */
  readonly executed: ReadonlyMap<string, ScenarioRecord>
  /** Every scenario of the feature files that were read; by `uri:line`. */
  readonly known: ReadonlyMap<string, FeatureScenario>
  /** Errors outside any scenario: a failed BeforeAll, a feature file that does not parse. */
  readonly errors: readonly string[]
  /** Whether the stream has the end of everything that began. */
  readonly complete: boolean
  /** Cucumber's own opinion; null where it did not come to say it. */
  readonly success: boolean | null
}

/** Where a scenario stands: its file, and the line in it. */
interface ScenarioPlace {
  readonly uri: string
  readonly line: number
}

/** Orders scenarios by file, and in it by line. */
export function byPlace(one: ScenarioPlace, other: ScenarioPlace): number {
  return one.uri === other.uri ? one.line - other.line : one.uri < other.uri ? -1 : 1
}

/** The name by which a scenario is selected and found again. */
export function placeOf(scenario: ScenarioPlace): string {
  return `${scenario.uri}:${scenario.line}`
}
