import type { ComponentChildren, JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { OUTCOME_MARKS, type Mark } from '../wording.ts'
import { scenarioAnchor } from './anchor.ts'

/** A verdict or an outcome: sign and word, so that it does not hang on colour. */
export function MarkText({ mark }: { readonly mark: Mark }): JSX.Element {
  return (
    <span class={`mark ${mark.tone}`}>
      <span aria-hidden="true">{mark.sign} </span>
      {mark.word}
    </span>
  )
}

/** Text from outside, in one printable line. */
export function Said({ children }: { readonly children: string }): JSX.Element {
  return <>{printable(children)}</>
}

/** A command to copy. */
export function Command({ label, text }: { readonly label: string; readonly text: string }): JSX.Element {
  return (
    <>
      <p class="quiet">{label}</p>
      <pre class="command">{printable(text)}</pre>
    </>
  )
}

/** A link to a requirement of this page. */
export function RequirementLink({ id }: { readonly id: string }): JSX.Element {
  return <a href={`#${id}`}>{id}</a>
}

/** Scenarios that came to the same, folded away; nothing where there are none. */
export function Alike({
  summary,
  scenarios,
}: {
  readonly summary: string
  readonly scenarios: readonly ScenarioResult[]
}): JSX.Element | null {
  if (scenarios.length === 0) return null
  return (
    <details>
      <summary>{summary}</summary>
      <ScenarioList scenarios={scenarios} />
    </details>
  )
}

/** Links to scenarios of this page. */
export function ScenarioList({ scenarios }: { readonly scenarios: readonly ScenarioResult[] }): JSX.Element {
  return (
    <ul>
      {scenarios.map((scenario, index) => (
        <li key={index}>
          <ScenarioLink scenario={scenario} />
        </li>
      ))}
    </ul>
  )
}

/** A link to a scenario of this page, with its outcome. */
export function ScenarioLink({ scenario }: { readonly scenario: ScenarioResult }): JSX.Element {
  return (
    <>
      <a href={`#${scenarioAnchor(scenario)}`}>{printable(scenario.name)}</a>{' '}
      <MarkText mark={OUTCOME_MARKS[scenario.outcome]} />
    </>
  )
}

/** A section of the report with its heading, which names it; nothing where there is nothing to say. */
export function Section({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** A table whose first column heads the rows; it scrolls by itself where it is too wide. */
export function Table({
  caption,
  kind,
  head,
  children,
}: {
  readonly caption: string
  /** Names the widths of its columns. */
  readonly kind?: string
  readonly head: readonly string[]
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class={kind}>
        <thead>
          <tr>
            {head.map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
