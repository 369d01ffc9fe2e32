import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { rerunCommand, skipGroups, unjudgedGroups } from '../failures.ts'
import { missingText } from '../skip-text.ts'
import { walkLines } from '../walk-text.ts'
import { Alike, Command, ScenarioLink, ScenarioList, Section, Table } from './parts.tsx'

/** What could not be judged, whether the target or the harness is the cause, and passes that the baseline did not expect. */
export function UnjudgedSection({
  verdicts,
  run,
}: {
  readonly verdicts: Verdicts
  readonly run: RunRecord
}): JSX.Element | null {
  const open = unjudgedGroups(verdicts.scenarios)
  if (open.length + verdicts.harnessErrors.length === 0) return null
  return (
    <Section id="unjudged" title="What could not be judged, or passed unexpectedly">
      {verdicts.harnessErrors.map((error) => (
        <p key={error}>{printable(error)}</p>
      ))}
      {open.map(({ scenario, alike }, index) => (
        <article class="failure" key={index}>
          <h3>
            <ScenarioLink scenario={scenario} />
          </h3>
          <p>{printable(scenario.message ?? '')}</p>
          <Alike summary={`${alike.length} more for the same reason`} scenarios={alike} />
          <Command label="Run this scenario again" text={rerunCommand(run, scenario)} />
        </article>
      ))}
    </Section>
  )
}

/** What walks did and reached, where there were any. */
export function WalkSection({ run }: { readonly run: RunRecord }): JSX.Element | null {
  const { walks = [] } = run
  if (walks.length === 0) return null
  return (
    <Section id="walks" title="Walks">
      <pre>{walks.flatMap(walkLines).join('\n')}</pre>
    </Section>
  )
}

/** What was skipped, why, and what would change that. */
export function SkippedSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element | null {
  const groups = skipGroups(verdicts.scenarios)
  if (groups.length === 0) return null
  return (
    <Section id="skipped" title="What was skipped">
      <p>Skipped scenarios verify nothing; their requirements count as not verified.</p>
      <Table
        caption="Skipped scenarios by reason"
        head={['Missing', 'To enable, or what was seen', 'Scenarios']}
      >
        {groups.map(({ skip, scenarios }, index) => (
          <tr key={index}>
            <th scope="row">{printable(missingText(skip))}</th>
            <td>
              <code>{printable(skip.enable)}</code>
            </td>
            <td>
              <details>
                <summary>{scenarios.length}</summary>
                <ScenarioList scenarios={scenarios} />
              </details>
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

/** Baseline entries that matched no failure. */
export function BaselineSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element | null {
  if (verdicts.remarks.length === 0) return null
  return (
    <Section id="baseline" title="Baseline">
      <ul>
        {verdicts.remarks.map(({ entry, text, fails }) => (
          <li key={entry}>
            {printable(text)} {fails ? <b>(fails the run)</b> : '(a note)'}
          </li>
        ))}
      </ul>
    </Section>
  )
}
