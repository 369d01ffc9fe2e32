import type { ScenarioResult } from '#verdict/outcome.ts'
import type { NamedRun } from './named-run.ts'

/** A requirement that a scenario asserted in the earlier run, and in the later one passed without asserting. */
export interface LostAssertion {
  readonly scenario: string
  readonly requirement: string
}

/** A scenario that took much longer. Milliseconds. */
export interface SlowerScenario {
  readonly scenario: string
  readonly beforeMs: number
  readonly afterMs: number
}

/** What changed of the scenarios, beside what the requirements show of it. */
export interface ScenarioChanges {
  readonly lostAssertions: readonly LostAssertion[]
  readonly slower: readonly SlowerScenario[]
  /** Names of scenarios that only one of the runs judged. */
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
}

/** A scenario is slower where it took twice as long and this much more, so that noise is not news. */
const SLOWER = { times: 2, ms: 500 } as const

/** Sets the scenarios of two runs beside each other; one is known by its file and its name. */
export function scenarioChanges(before: NamedRun, after: NamedRun): ScenarioChanges {
  const [earlier, later] = [byKey(before), byKey(after)]
  const pairs = [...earlier].flatMap(([key, one]) => {
    const other = later.get(key)
    return other === undefined ? [] : [[one, other] as const]
  })
  return {
    lostAssertions: pairs.flatMap(([one, other]) => lostAssertions(one, other)),
    slower: pairs.flatMap(([one, other]) => slower(one, other)).sort((a, b) => lag(b) - lag(a)),
    onlyBefore: namesMissing(earlier, later),
    onlyAfter: namesMissing(later, earlier),
  }
}

type ByKey = ReadonlyMap<string, ScenarioResult>

function byKey({ verdicts }: NamedRun): ByKey {
  return new Map(verdicts.scenarios.map((scenario) => [`${scenario.uri}\n${scenario.name}`, scenario]))
}

function namesMissing(from: ByKey, to: ByKey): readonly string[] {
  return [...from].filter(([key]) => !to.has(key)).map(([, { name }]) => name)
}

function lostAssertions(before: ScenarioResult, after: ScenarioResult): LostAssertion[] {
  if (before.outcome !== 'passed' || after.outcome !== 'passed') return []
  const still = asserted(after)
  return [...asserted(before)]
    .filter((requirement) => !still.has(requirement))
    .map((requirement) => ({ scenario: after.name, requirement }))
}

function asserted({ steps }: ScenarioResult): ReadonlySet<string> {
  const assertions = steps.flatMap(({ evidence }) => evidence.flatMap((one) => one.assertions))
  return new Set(assertions.map(({ requirement }) => requirement))
}

function slower(before: ScenarioResult, after: ScenarioResult): SlowerScenario[] {
  const [beforeMs, afterMs] = [before.durationMs, after.durationMs]
  const isSlower = afterMs >= beforeMs * SLOWER.times && afterMs - beforeMs >= SLOWER.ms
  return isSlower ? [{ scenario: after.name, beforeMs, afterMs }] : []
}

function lag({ beforeMs, afterMs }: SlowerScenario): number {
  return afterMs - beforeMs
}
