import type { JSX } from 'preact'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { pasteEntries } from '#verdict/paste.ts'
import { failuresOf, replayCommand, rerunCommand, type ReportedFailure } from '../failures.ts'
import { takenApartOf } from '../taken-apart-of.ts'
import { targetHint } from '../target-hint.ts'
import { failureAnchor } from './anchor.ts'
import { ExchangeView } from './exchange.tsx'
import { Mismatch } from './mismatch.tsx'
import { Prose } from './prose.tsx'
import { TakenApartView } from './taken-apart.tsx'
import { Alike, Command, RequirementLink, Said, ScenarioLink, Section } from './parts.tsx'

/** Every new failure with all that is needed to see it, then what a baseline would say of them. */
export function FailureSection({
  verdicts,
  run,
}: {
  readonly verdicts: Verdicts
  readonly run: RunRecord
}): JSX.Element | null {
  const failures = failuresOf(verdicts, 'failed')
  if (failures.length === 0) return null
  return (
    <Section id="failures" title="What failed">
      {failures.map((failure, index) => (
        <FailureView failure={failure} run={run} index={index} key={index} />
      ))}
      <details>
        <summary>Baseline entries that would accept these</summary>
        <div>
          <pre tabIndex={0}>{pasteEntries(verdicts.scenarios, run.dialect)}</pre>
        </div>
      </details>
    </Section>
  )
}

/** Deviations that the baseline lists. */
export function KnownSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element | null {
  const failures = failuresOf(verdicts, 'known-deviation')
  if (failures.length === 0) return null
  return (
    <Section id="known" title="Known deviations">
      <ul>
        {failures.map(({ requirement, assertion, scenario }, index) => (
          <li key={index}>
            <RequirementLink id={requirement.id} /> ({requirement.level}):{' '}
            <Said>{`${assertion.thing}: expected ${assertion.expected}, got ${assertion.got}`}</Said>
            <br />
            <ScenarioLink scenario={scenario} /> by baseline entry {scenario.baselineEntry}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The folder that a report lies in, wherever that is. */
const HERE = '.'

/** As many failures show their exchange at once. */
const OPEN_FAILURES = 2
/** As many have it at all; of the others their scenario has it. */
const WHOLE_FAILURES = 30

function FailureView({
  failure: { requirement, also, assertion, exchange, scenario, others },
  run,
  index,
}: {
  readonly failure: ReportedFailure
  readonly run: RunRecord
  readonly index: number
}): JSX.Element {
  const hint = targetHint({ assertion })
  return (
    <article class="failure" id={failureAnchor(index)}>
      <h3>
        <RequirementLink id={requirement.id} /> ({requirement.level}): <Prose text={requirement.sentence} />
      </h3>
      <Mismatch assertion={assertion} />
      {hint !== null && <p>Or is it {hint}?</p>}
      <p>
        In scenario <ScenarioLink scenario={scenario} />
        {others.length > 0 && ` and ${others.length} more`} · specification: {requirement.section}
      </p>
      <Alike summary="The others that stopped here" scenarios={others} />
      {also.length > 0 && (
        <p>
          The same answer violates{' '}
          {also.map(({ id, level }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <RequirementLink id={id} /> ({level})
            </span>
          ))}
        </p>
      )}
      {index < WHOLE_FAILURES && (
        <details open={index < OPEN_FAILURES}>
          <summary>What was sent and what came, and how to repeat it</summary>
          <div>
            {exchange !== null && (
              <ExchangeView exchange={exchange} apart={takenApartOf(scenario, exchange.id)} />
            )}
            {exchange === null &&
              takenApartOf(scenario, null).map((one, at) => <TakenApartView one={one} key={at} />)}
          </div>
        </details>
      )}
      <Command label="Run this scenario again" text={rerunCommand(run, scenario)} />
      {exchange !== null && (
        <Command
          label="Send the request again, in the folder of this report"
          text={replayCommand(HERE, exchange)}
        />
      )}
    </article>
  )
}
