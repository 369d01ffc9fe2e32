import type { ScenarioOutcome, ScenarioResult } from '#verdict/outcome.ts'
import type { NamedRun } from './named-run.ts'

/** One scenario over several runs, the earliest first; null where a run did not judge it. */
export interface ScenarioHistory {
  readonly name: string
  readonly uri: string
  readonly outcomes: readonly (ScenarioOutcome | null)[]
  /** Milliseconds, of the runs that judged it. */
  readonly durationsMs: readonly number[]
  /** It passed in some runs and did not in others, or needed a second attempt in one. */
  readonly flaky: boolean
}

/** Runs from the earliest to the latest. */
export function inTime(runs: readonly NamedRun[]): readonly NamedRun[] {
  return [...runs].sort((one, other) => Date.parse(one.run.startedAt) - Date.parse(other.run.startedAt))
}

/** What became of each scenario over `runs`, which are in order of time. */
export function histories(runs: readonly NamedRun[]): readonly ScenarioHistory[] {
  const columns = runs.map(
    ({ verdicts }) => new Map(verdicts.scenarios.map((scenario) => [keyOf(scenario), scenario])),
  )
  const all = new Map(columns.flatMap((column) => [...column]))
  return [...all].map(([key, { name, uri }]) => {
    const results = columns.map((column) => column.get(key) ?? null)
    const judged = results.filter((result) => result !== null)
    return {
      name,
      uri,
      outcomes: results.map((result) => result?.outcome ?? null),
      durationsMs: judged.map(({ durationMs }) => durationMs),
      flaky: isFlaky(judged),
    }
  })
}

function keyOf({ uri, name }: ScenarioResult): string {
  return `${uri}\n${name}`
}

/** Outcomes that say something of the server; a skip says nothing. */
const SAID: readonly ScenarioOutcome[] = [
  'passed',
  'failed',
  'known-deviation',
  'unexpected-pass',
  'inconclusive',
]

/** A scenario that failed and passes ever since was mended; one that changed more than once is flaky. */
function isFlaky(judged: readonly ScenarioResult[]): boolean {
  const outcomes = judged.map(({ outcome }) => outcome).filter((outcome) => SAID.includes(outcome))
  const changes = outcomes.filter((outcome, index) => index > 0 && outcome !== outcomes[index - 1])
  return changes.length > 1 || judged.some(({ flaky }) => flaky)
}
