import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { Assertion } from '#evidence/step-evidence.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioResult, ExecutedStep } from '#verdict/outcome.ts'
import { exchangeLine } from '../exchange-text.ts'
import { duration, OUTCOME_MARKS } from '../wording.ts'
import { scenarioAnchor } from './anchor.ts'
import { ExchangeDetails } from './exchange.tsx'
import { MarkText, RequirementLink, Section } from './parts.tsx'

/** Every scenario with its steps, feature by feature. Exchanges are shown in full only where something went wrong. */
export function ScenarioSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element | null {
  if (verdicts.scenarios.length === 0) return null
  const features = new Map(verdicts.scenarios.map(({ uri, feature }) => [uri, feature]))
  return (
    <Section id="scenarios" title="Scenarios">
      {[...features].map(([uri, feature]) => (
        <>
          <h3>
            {printable(feature)} <span class="quiet">{printable(uri)}</span>
          </h3>
          {verdicts.scenarios
            .filter((scenario) => scenario.uri === uri)
            .map((scenario) => (
              <ScenarioView scenario={scenario} key={scenarioAnchor(scenario)} />
            ))}
        </>
      ))}
    </Section>
  )
}

function ScenarioView({ scenario }: { readonly scenario: ScenarioResult }): JSX.Element {
  const { name, outcome, message, rule, requirements, steps, durationMs, line } = scenario
  const { flaky, attempts, earlier = '' } = scenario
  return (
    <details id={scenarioAnchor(scenario)}>
      <summary>
        <MarkText mark={OUTCOME_MARKS[outcome]} /> {printable(name)}
        {flaky && <span class="mark known"> flaky: passed at attempt {attempts}</span>}
      </summary>
      <div>
        {message !== null && <p>{printable(message)}</p>}
        {flaky && outcome === 'passed' && <p>Before it passed: {printable(earlier)}</p>}
        <p class="quiet">
          {requirements.map((id) => (
            <>
              <RequirementLink id={id} />{' '}
            </>
          ))}
          {rule !== null && `· ${printable(rule)} `}· line {line} · {duration(durationMs)}
        </p>
        <ol class="steps">
          {steps.map((step, index) => (
            <StepView step={step} full={outcome !== 'passed'} key={index} />
          ))}
        </ol>
      </div>
    </details>
  )
}

function StepView({
  step,
  full,
}: {
  readonly step: ExecutedStep
  readonly full: boolean
}): JSX.Element | null {
  const exchanges = step.evidence.flatMap((one) => one.exchanges)
  const assertions = step.evidence.flatMap((one) => one.assertions)
  if (step.keyword === 'Hook' && exchanges.length + assertions.length === 0 && step.status === 'passed')
    return null
  return (
    <li>
      <b>{step.keyword}</b> {printable(step.text)}{' '}
      {step.status !== 'passed' && <span class="mark">({step.status})</span>}
      {exchanges.map((exchange) =>
        full ? (
          <ExchangeDetails exchange={exchange} key={exchange.id} />
        ) : (
          <div class="quiet" key={exchange.id}>
            <code>{exchangeLine(exchange)}</code>
          </div>
        ),
      )}
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
