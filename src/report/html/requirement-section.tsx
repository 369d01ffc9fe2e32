import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { REQUIREMENT_VERDICTS, type RequirementResult } from '#verdict/requirement-verdict.ts'
import { levelReason } from '../level-reason.ts'
import { reasonText } from '../not-verified.ts'
import type { Proofs } from '../proofs.ts'
import { REQUIREMENT_MARKS } from '../wording.ts'
import { resultsByArea, type AreaResults } from './areas.ts'
import { MarkText, ScenarioList, Section, Table } from './parts.tsx'
import { Prose } from './prose.tsx'
import { RequirementFilter } from './requirement-filter.tsx'

/** Every requirement with its verdict, area by area; areas with a violation are open. */
export function RequirementSection({
  verdicts,
  proofs,
}: {
  readonly verdicts: Verdicts
  readonly proofs: ReadonlyMap<string, Proofs>
}): JSX.Element {
  const areas = resultsByArea(verdicts.requirements)
  return (
    <Section id="requirements" title="Requirements">
      <RequirementFilter areas={areas.map(({ area }) => area)} />
      {areas.map((one) => (
        <AreaTable {...one} proofs={proofs} key={one.area} />
      ))}
    </Section>
  )
}

function AreaTable({
  area,
  results,
  proofs,
}: AreaResults & { readonly proofs: ReadonlyMap<string, Proofs> }): JSX.Element {
  const counts = REQUIREMENT_VERDICTS.map((verdict) => ({
    verdict,
    count: results.filter((one) => one.verdict === verdict).length,
  })).filter(({ count }) => count > 0)
  return (
    <details class="area" id={`area-${area}`} open={counts.some(({ verdict }) => verdict === 'violated')}>
      <summary>
        <b>{area}</b>{' '}
        <span class="quiet">
          {counts.map(({ verdict, count }) => `${count} ${REQUIREMENT_MARKS[verdict].word}`).join(', ')}
        </span>
      </summary>
      <Table
        kind="requirements"
        caption={`Requirements of ${area}`}
        head={['Requirement', 'Level', 'Verdict', 'What it asks, and what was seen']}
      >
        {results.map((result) => (
          <RequirementRow
            result={result}
            area={area}
            proofs={proofs.get(result.requirement.id)}
            key={result.requirement.id}
          />
        ))}
      </Table>
    </details>
  )
}

function RequirementRow({
  result,
  area,
  proofs,
}: {
  readonly result: RequirementResult
  readonly area: string
  readonly proofs: Proofs | undefined
}): JSX.Element {
  const { requirement, verdict, scenarios } = result
  const reason = reasonText(result)
  const { id, level, basis, sentence, section, words } = requirement
  return (
    <tr id={id} data-verdict={verdict} data-level={level} data-basis={basis} data-area={area}>
      <th scope="row">
        <a href={`#${id}`}>{id}</a>
      </th>
      <td class="short">{level}</td>
      <td class="short">
        <MarkText mark={REQUIREMENT_MARKS[verdict]} />
      </td>
      <td>
        <Prose text={sentence} />
        {reason !== null && <div class="quiet">{printable(reason)}</div>}
        <details>
          <summary>
            Why {level}
            {scenarios.length > 0 &&
              `, and ${scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`}`}
          </summary>
          <p class="quiet">
            {levelReason(requirement)} {section}
            {words !== null && (
              <>
                :{' '}
                <q>
                  <Prose text={words} />
                </q>
              </>
            )}
          </p>
          <ScenarioList scenarios={scenarios} />
          {proofs !== undefined && <ProofLines {...proofs} />}
        </details>
      </td>
    </tr>
  )
}

function ProofLines({ killers, variants }: Proofs): JSX.Element {
  return (
    <>
      <Ids said="Deliberate faults that its scenarios find (touchstone faults show ID)" ids={killers} />
      <Ids said="Other ways to meet it that they accept (touchstone variants show ID)" ids={variants} />
    </>
  )
}

function Ids({ said, ids }: { readonly said: string; readonly ids: readonly string[] }): JSX.Element | null {
  if (ids.length === 0) return null
  return (
    <p class="quiet">
      {said}: <code>{ids.join(', ')}</code>
    </p>
  )
}
