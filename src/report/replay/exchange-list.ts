import type { ScenarioResult } from '#verdict/outcome.ts'
import { exchangeLine } from '../exchange-text.ts'
import { exchangeNumber, recordedExchanges } from './recorded-exchanges.ts'

/** As many are listed. */
const LISTED = 100

/**
 * The exchanges of scenarios by number, a line each, and how one is sent again. Of scenarios that were not named only the
 * failed ones count, where there are any.
 */
export function exchangeList(scenarios: readonly ScenarioResult[], isNamed: boolean): string {
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  const all = recordedExchanges(isNamed || failed.length === 0 ? scenarios : failed)
  const lines = all
    .slice(0, LISTED)
    .map(({ exchange }) => `${exchangeNumber(exchange).padStart(6)}  ${exchangeLine(exchange)}\n`)
  const rest =
    all.length > LISTED ? `… and ${all.length - LISTED} more: name a scenario with --scenario\n` : ''
  return `${lines.join('')}${rest}Send one again with --exchange N.\n`
}
