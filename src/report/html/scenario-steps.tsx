import { deflateRawSync } from 'node:zlib'
import type { JSX } from 'preact'
import { render } from 'preact-render-to-string'
import { printable } from '#evidence/printable.ts'
import type { Assertion } from '#evidence/step-evidence.ts'
import type { ExecutedStep, ScenarioResult } from '#verdict/outcome.ts'
import { scenarioAnchor } from './anchor.ts'
import { ExchangeDetails } from './exchange.tsx'

/** The steps of scenarios as HTML by the scenario's id: JSON, deflated (RFC 1951), in Base64. */
export function packedSteps(scenarios: readonly ScenarioResult[]): string {
  const steps = scenarios.map((scenario) => [scenarioAnchor(scenario), render(<Steps scenario={scenario} />)])
  return deflateRawSync(JSON.stringify(Object.fromEntries(steps))).toString('base64')
}

function Steps({ scenario: { steps, outcome } }: { readonly scenario: ScenarioResult }): JSX.Element {
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <Step step={step} open={outcome !== 'passed'} key={index} />
      ))}
    </ol>
  )
}

function Step({
  step,
  open,
}: {
  readonly step: ExecutedStep
  /** Whether its exchanges are shown whole at once. */
  readonly open: boolean
}): JSX.Element | null {
  const exchanges = step.evidence.flatMap((one) => one.exchanges)
  const assertions = step.evidence.flatMap((one) => one.assertions)
  if (step.keyword === 'Hook' && exchanges.length + assertions.length === 0 && step.status === 'passed')
    return null
  return (
    <li>
      <b>{step.keyword}</b> {printable(step.text)}{' '}
      {step.status !== 'passed' && <span class="mark">({step.status})</span>}
      {exchanges.map((exchange) => (
        <ExchangeDetails exchange={exchange} open={open && step.status !== 'passed'} key={exchange.id} />
      ))}
      {assertions.map((assertion, index) => (
        <AssertionView assertion={assertion} key={index} />
      ))}
    </li>
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
