import type { JSX } from 'preact'
import type { Verdicts } from '#verdict/judge.ts'
import { observationsOf, observationText, remarkable, type Observation } from '../observations.ts'
import { RequirementLink, Section, Table } from './parts.tsx'
import { Prose } from './prose.tsx'

/** What the server does where its specification leaves a choice: first what is remarkable, then what it refuses as it may. */
export function FindingSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element | null {
  const observations = observationsOf(verdicts)
  if (observations.length === 0) return null
  const { shown, refused } = remarkable(observations)
  return (
    <Section id="findings" title="Findings">
      <p>What the server does where its specification leaves a choice. None counts against it.</p>
      <Observations said={`${shown.length} of note`} observations={shown} />
      <Observations said={`${refused.length} that it refuses, as it may`} observations={refused} />
    </Section>
  )
}

function Observations({
  said,
  observations,
}: {
  readonly said: string
  readonly observations: readonly Observation[]
}): JSX.Element | null {
  if (observations.length === 0) return null
  return (
    <details>
      <summary>{said}</summary>
      <Table caption={said} kind="findings" head={['Requirement', 'What was sent, and what came of it']}>
        {observations.map((one, index) => (
          <tr key={index}>
            <th scope="row">
              <RequirementLink id={one.requirement.id} />
            </th>
            <td>
              {observationText(one)}
              <div class="quiet">
                <Prose text={one.requirement.sentence} />
              </div>
            </td>
          </tr>
        ))}
      </Table>
    </details>
  )
}
