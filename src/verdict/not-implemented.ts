import type { Skip } from '#evidence/step-evidence.ts'
import { exchangesOf, type ScenarioResult } from './outcome.ts'

/** What a server answers where it has no such operation. */
const ABSENT: ReadonlySet<number> = new Set([404, 405, 501])
/** Asked for credentials it may be before it is looked for. */
const UNAUTHORIZED = 401

/** An operation that the server does not have, and the one scenario that is red for it. */
interface AbsentOperation {
  readonly operation: string
  readonly red: ScenarioResult
  readonly skip: Skip
}

/** Whether a violation of that requirement counts against the server in this run. */
type Counts = (requirement: string) => boolean

/** One answer to a request of an operation. */
interface SeenAnswer {
  readonly operation: string
  readonly status: number
}

/**
 * The scenarios, where an operation that is answered 404, 405 or 501 throughout the run is reported once, as not
 * implemented: one scenario stays red for it, and all others that asked for it say nothing, whether they failed, were
 * given up, or passed since a refusal was what they expected.
 */
export function reportAbsentOnce(
  scenarios: readonly ScenarioResult[],
  counts: Counts,
): readonly ScenarioResult[] {
  const absent = absentOperations(scenarios, counts)
  return absent.length === 0 ? scenarios : scenarios.map((scenario) => judgedWith(scenario, absent))
}

function absentOperations(scenarios: readonly ScenarioResult[], counts: Counts): readonly AbsentOperation[] {
  const failing = new Map<string, ScenarioResult[]>()
  for (const scenario of scenarios) {
    const operation = operationThatFailed(scenario)
    if (operation !== null) failing.set(operation, [...(failing.get(operation) ?? []), scenario])
  }
  if (failing.size === 0) return []
  const answers = scenarios.flatMap(answersOf)
  return [...failing].flatMap(([operation, failed]) => {
    const statuses = answers.filter((answer) => answer.operation === operation).map(({ status }) => status)
    const isEverywhere = statuses.every((status) => status === UNAUTHORIZED || ABSENT.has(status))
    const red = isEverywhere ? redOf(failed, counts) : undefined
    return red === undefined ? [] : [{ operation, red, skip: skipOf(operation, red, statuses) }]
  })
}

/** The operation whose absence is what a scenario failed for; null where it failed for something else, or not at all. */
function operationThatFailed(scenario: ScenarioResult): string | null {
  const { failure, outcome } = scenario
  if (outcome !== 'failed' || failure?.exchange == null) return null
  const exchange = exchangesOf(scenario).find(({ id }) => id === failure.exchange)
  const isAbsent = exchange?.response != null && ABSENT.has(exchange.response.status)
  return isAbsent && failure.thing.startsWith('status of ') ? exchange.operation : null
}

/** Of the scenarios that failed for an operation, the first that asked for no more than that it succeeds: one that counts. */
function redOf(failed: readonly ScenarioResult[], counts: Counts): ScenarioResult | undefined {
  const ordinary = failed.filter(({ failure }) => /\b2\d\d\b/.test(failure?.expected ?? ''))
  const counting = ordinary.filter(({ failure }) => counts(failure?.requirement ?? ''))
  const gravest = counting.length > 0 ? counting : ordinary
  return (
    gravest.find(({ failure, requirements }) => requirements.includes(failure?.requirement ?? '')) ??
    gravest[0]
  )
}

function skipOf(operation: string, { failure }: ScenarioResult, statuses: readonly number[]): Skip {
  const got = [...new Set(statuses.filter((status) => ABSENT.has(status)))].sort().join(' and ')
  const enable = `${failure?.requirement ?? ''} is violated: every request got ${got}`
  return { code: 'unimplemented', name: operation, enable }
}

function judgedWith(scenario: ScenarioResult, absent: readonly AbsentOperation[]): ScenarioResult {
  const reported = absent.find(({ red }) => red === scenario)
  if (reported !== undefined)
    return { ...scenario, message: `not implemented: ${reported.operation}: ${String(scenario.message)}` }
  const dependsOn = absent.find((each) => isAboutThat(scenario, each))
  if (dependsOn === undefined) return scenario
  const { skip } = dependsOn
  return {
    ...scenario,
    outcome: 'skipped',
    message: `${skip.code} ${skip.name}: ${skip.enable}`,
    failure: null,
    flaky: false,
    skip,
  }
}

function isAboutThat(scenario: ScenarioResult, { operation }: AbsentOperation): boolean {
  switch (scenario.outcome) {
    case 'failed':
      return operationThatFailed(scenario) === operation
    case 'skipped':
      return scenario.skip?.code === 'given-up' && scenario.skip.name === operation
    case 'passed':
      return answersOf(scenario).some((answer) => answer.operation === operation && ABSENT.has(answer.status))
    default:
      return false
  }
}

function answersOf(scenario: ScenarioResult): readonly SeenAnswer[] {
  return exchangesOf(scenario).flatMap(({ operation, response }) =>
    response === null ? [] : [{ operation, status: response.status }],
  )
}
