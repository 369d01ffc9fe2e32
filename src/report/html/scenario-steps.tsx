import type { JSX } from 'preact'
import { render } from 'preact-render-to-string'
import type { Exchange } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'
import type { Assertion } from '#evidence/step-evidence.ts'
import type { ExecutedStep, ScenarioResult } from '#verdict/outcome.ts'
import { scenarioAnchor } from './anchor.ts'
import { packed } from './packed.ts'
import { takenApartOf } from '../taken-apart-of.ts'
import { ExchangeDetails } from './exchange.tsx'
import { TakenApartView } from './taken-apart.tsx'

/** The steps of scenarios as HTML by the scenario's id, packed. */
export function packedSteps(scenarios: readonly ScenarioResult[]): string {
  return packed(
    scenarios.map((scenario) => [scenarioAnchor(scenario), render(<Steps scenario={scenario} />)] as const),
  )
}

function Steps({ scenario }: { readonly scenario: ScenarioResult }): JSX.Element {
  const { steps } = scenario
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <Step step={step} scenario={scenario} key={index} />
      ))}
    </ol>
  )
}

function Step({
  step,
  scenario,
}: {
  readonly step: ExecutedStep
  readonly scenario: ScenarioResult
}): JSX.Element | null {
  const exchanges = step.evidence.flatMap((one) => one.exchanges)
  const assertions = step.evidence.flatMap((one) => one.assertions)
  const loose = takenApartOf({ steps: [step] }, null)
  if (step.keyword === 'Hook' && exchanges.length + assertions.length === 0 && step.status === 'passed')
    return null
  return (
    <li>
      <b>{step.keyword}</b> {printable(step.text)}{' '}
      {step.status !== 'passed' && <span class="mark">({step.status})</span>}
      {exchanges.map((exchange) => (
        <StepExchange exchange={exchange} step={step} scenario={scenario} key={exchange.id} />
      ))}
      {loose.map((one, index) => (
        <TakenApartView one={one} key={index} />
      ))}
      {assertions.map((assertion, index) => (
        <AssertionView assertion={assertion} key={index} />
      ))}
    </li>
  )
}

/** An exchange, shown whole at once where it explains why the scenario did not pass. */
function StepExchange({
  exchange,
  step,
  scenario,
}: {
  readonly exchange: Exchange
  readonly step: ExecutedStep
  readonly scenario: ScenarioResult
}): JSX.Element {
  const isOfInterest = scenario.outcome !== 'passed'
  const wrong = isOfInterest ? wrongOf(scenario, exchange.id) : []
  const open = isOfInterest && (wrong.length > 0 || step.status !== 'passed')
  return (
    <ExchangeDetails
      exchange={exchange}
      wrong={wrong}
      apart={takenApartOf({ steps: [step] }, exchange.id)}
      open={open}
      detailed={isOfInterest}
    />
  )
}

function wrongOf({ steps }: ScenarioResult, id: string): readonly Assertion[] {
  return steps.flatMap(({ evidence }) =>
    evidence.flatMap(({ assertions }) => assertions.filter(({ ok, exchange }) => !ok && exchange === id)),
  )
}

function AssertionView({
  assertion: { ok, requirement, thing, expected, got },
}: {
  readonly assertion: Assertion
}): JSX.Element {
  return (
    <div class={ok ? 'quiet' : 'bad'}>
      <span aria-hidden="true">{ok ? '✓' : '✗'} </span>
      {ok ? 'holds' : 'does not hold'}, for {printable(requirement)}:{' '}
      {printable(`${thing}: expected ${expected}, got ${got}`)}
    </div>
  )
}
