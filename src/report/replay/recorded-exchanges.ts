import type { Exchange } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { exchangesOf, type ScenarioResult } from '#verdict/outcome.ts'

/** An exchange of a run, and the scenario that made it. */
export interface RecordedExchange {
  readonly exchange: Exchange
  readonly scenario: ScenarioResult
}

/** Every exchange of the last attempts of these scenarios, in their order. */
export function recordedExchanges(scenarios: readonly ScenarioResult[]): readonly RecordedExchange[] {
  return scenarios.flatMap((scenario) => exchangesOf(scenario).map((exchange) => ({ exchange, scenario })))
}

/** The number of an exchange as reports show it: `17` of `exchange-17`. */
export function exchangeNumber({ id }: Pick<Exchange, 'id'>): string {
  return id.replace(/^exchange-/, '')
}

/** The scenarios of that name, or at that `uri:line`; all where it is undefined. Throws a UsageError where there is none. */
export function scenariosNamed(
  scenarios: readonly ScenarioResult[],
  name: string | undefined,
): readonly ScenarioResult[] {
  if (name === undefined) return scenarios
  const named = scenarios.filter((one) => one.name === name || `${one.uri}:${one.line}` === name)
  if (named.length > 0) return named
  throw new UsageError(
    `--scenario ${JSON.stringify(name)}: expected the name or the uri:line of a scenario of the run, got neither`,
  )
}

/**
 * The one exchange of that number. Throws a UsageError where there is none, and where several processes of a run gave
 * the same number and `--scenario` does not say which.
 */
export function exchangeNumbered(all: readonly RecordedExchange[], wanted: string): RecordedExchange {
  const number = wanted.replace(/^exchange-/, '')
  const [found, ...others] = all.filter(({ exchange }) => exchangeNumber(exchange) === number)
  if (found === undefined)
    throw new UsageError(
      `--exchange ${wanted}: expected the number of one of ${all.length} exchanges${all[0] === undefined ? '' : `, such as ${exchangeNumber(all[0].exchange)}`}, got another; leave it out to list them`,
    )
  if (others.length > 0)
    throw new UsageError(
      `--exchange ${wanted}: ${others.length + 1} exchanges have this number; name the scenario too, such as --scenario ${found.scenario.uri}:${found.scenario.line}`,
    )
  return found
}
