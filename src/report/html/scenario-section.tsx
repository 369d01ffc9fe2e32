import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { duration, OUTCOME_MARKS } from '../wording.ts'
import { featureAnchor, scenarioAnchor } from './anchor.ts'
import { MarkText, RequirementLink, Section } from './parts.tsx'
import { packedSteps } from './scenario-steps.tsx'

/**
 * Every scenario, feature by feature. The steps are packed behind each feature, for the page's script to unpack when a
 * scenario is opened: as HTML they are ten times as long as all the rest.
 */
export function ScenarioSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element | null {
  if (verdicts.scenarios.length === 0) return null
  const uris = [...new Set(verdicts.scenarios.map(({ uri }) => uri))]
  return (
    <Section id="scenarios" title="Scenarios">
      <noscript>
        <p>
          What each scenario sent and received is shown by this page’s script, which your browser does not
          run.
        </p>
      </noscript>
      {uris.map((uri) => (
        <Feature scenarios={verdicts.scenarios.filter((scenario) => scenario.uri === uri)} key={uri} />
      ))}
    </Section>
  )
}

function Feature({ scenarios }: { readonly scenarios: readonly ScenarioResult[] }): JSX.Element | null {
  const [first] = scenarios
  if (first === undefined) return null
  const id = featureAnchor(first.uri)
  return (
    <details class="feature" open={scenarios.some(({ outcome }) => outcome === 'failed')}>
      <summary>
        <b>{printable(first.feature)}</b>{' '}
        <span class="quiet">
          {scenarios.length} · {printable(first.uri)}
        </span>
      </summary>
      {byRule(scenarios).map((alike, index) => (
        <RuleView scenarios={alike} key={index} />
      ))}
      <script
        type="application/octet-stream"
        id={`steps-${id}`}
        dangerouslySetInnerHTML={{ __html: packedSteps(scenarios) }}
      />
    </details>
  )
}

/** Scenarios of one rule and of the same requirements, in the order of the first of each. */
function byRule(scenarios: readonly ScenarioResult[]): readonly (readonly ScenarioResult[])[] {
  const rules = new Map<string, ScenarioResult[]>()
  for (const scenario of scenarios) {
    const rule = [...scenario.requirements, scenario.rule].join(' ')
    const alike = rules.get(rule)
    if (alike === undefined) rules.set(rule, [scenario])
    else alike.push(scenario)
  }
  return [...rules.values()]
}

function RuleView({ scenarios }: { readonly scenarios: readonly ScenarioResult[] }): JSX.Element | null {
  const [first] = scenarios
  if (first === undefined) return null
  return (
    <>
      <p class="rule">
        {first.requirements.map((id) => (
          <>
            <RequirementLink id={id} />{' '}
          </>
        ))}
        {first.rule !== null && printable(first.rule)}
      </p>
      {scenarios.map((scenario) => (
        <ScenarioView scenario={scenario} key={scenarioAnchor(scenario)} />
      ))}
    </>
  )
}

function ScenarioView({ scenario }: { readonly scenario: ScenarioResult }): JSX.Element {
  const { name, uri, outcome, message, durationMs, line } = scenario
  const { flaky, attempts, earlier = '' } = scenario
  return (
    <details id={scenarioAnchor(scenario)} data-steps={featureAnchor(uri)}>
      <summary>
        <MarkText mark={OUTCOME_MARKS[outcome]} /> {printable(name)}
        {flaky && <span class="mark known"> flaky: passed at attempt {attempts}</span>}
      </summary>
      {message !== null && <p>{printable(message)}</p>}
      {flaky && outcome === 'passed' && <p>Before it passed: {printable(earlier)}</p>}
      <p class="quiet">
        line {line} · {duration(durationMs)}
      </p>
      <div class="steps-here" />
    </details>
  )
}
