import { printable } from '#evidence/printable.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { exchangeLine } from '../exchange-text.ts'
import { OUTCOME_MARKS } from '../wording.ts'
import { exchangeNumber, recordedExchanges, type RecordedExchange } from './recorded-exchanges.ts'

/** As many are listed. */
const LISTED = 100

/**
 * The exchanges of scenarios by number, a line each below the name of their scenario, with a mark at the one that shows
 * what failed; and how one is sent again. Of scenarios that were not named only the failed ones count, where there are any.
 */
export function exchangeList(scenarios: readonly ScenarioResult[], isNamed: boolean): string {
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  const all = recordedExchanges(isNamed || failed.length === 0 ? scenarios : failed)
  const lines = all
    .slice(0, LISTED)
    .map((one, at) => `${one.scenario === all[at - 1]?.scenario ? '' : headingOf(one)}${lineOf(one)}`)
  const rest =
    all.length > LISTED ? `… and ${all.length - LISTED} more: name a scenario with --scenario\n` : ''
  return `${lines.join('')}${rest}Send one again with --exchange N.\n`
}

function headingOf({ scenario: { name, outcome } }: RecordedExchange): string {
  return printable(`${OUTCOME_MARKS[outcome].sign} ${name}`) + '\n'
}

function lineOf({ exchange, scenario: { failure } }: RecordedExchange): string {
  const mark = failure?.exchange === exchange.id ? OUTCOME_MARKS.failed.sign : ' '
  return `${exchangeNumber(exchange).padStart(6)} ${mark} ${exchangeLine(exchange)}\n`
}
