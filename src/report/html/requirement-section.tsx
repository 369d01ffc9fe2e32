import type { JSX } from 'preact'
import { area } from '#protocol/register.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { REQUIREMENT_VERDICTS, type RequirementResult } from '#verdict/requirement-verdict.ts'
import { printable } from '#evidence/printable.ts'
import { levelReason } from '../level-reason.ts'
import { REQUIREMENT_MARKS } from '../wording.ts'
import { MarkText, ScenarioLink, Section, Table } from './parts.tsx'

/** Every requirement with its verdict, area by area. */
export function RequirementSection({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element {
  const areas = new Map<string, RequirementResult[]>()
  for (const result of verdicts.requirements) {
    const [protocol = ''] = result.requirement.id.split('-')
    const name = `${protocol} ${area(result.requirement.id)}`
    areas.set(name, [...(areas.get(name) ?? []), result])
  }
  return (
    <Section id="requirements" title="Requirements">
      {[...areas].map(([name, results]) => (
        <AreaTable name={name} results={results} key={name} />
      ))}
    </Section>
  )
}

function AreaTable({
  name,
  results,
}: {
  readonly name: string
  readonly results: readonly RequirementResult[]
}): JSX.Element {
  const counts = REQUIREMENT_VERDICTS.map((verdict) => ({
    verdict,
    count: results.filter((one) => one.verdict === verdict).length,
  })).filter(({ count }) => count > 0)
  return (
    <>
      <h3 id={`area-${name.replace(' ', '-')}`}>
        {name}{' '}
        <span class="quiet">
          {counts.map(({ verdict, count }) => `${count} ${REQUIREMENT_MARKS[verdict].word}`).join(', ')}
        </span>
      </h3>
      <Table
        kind="requirements"
        caption={`Requirements of ${name}`}
        head={['Requirement', 'Level', 'Verdict', 'What it asks, and what was seen']}
      >
        {results.map((result) => (
          <RequirementRow result={result} key={result.requirement.id} />
        ))}
      </Table>
    </>
  )
}

function RequirementRow({
  result: { requirement, verdict, reason, scenarios },
}: {
  readonly result: RequirementResult
}): JSX.Element {
  return (
    <tr id={requirement.id}>
      <th scope="row">{requirement.id}</th>
      <td class="short">{requirement.level}</td>
      <td class="short">
        <MarkText mark={REQUIREMENT_MARKS[verdict]} />
      </td>
      <td>
        {requirement.sentence}
        <div class="quiet">
          {levelReason(requirement)}
          {requirement.words !== null && (
            <>
              {' '}
              <q>{requirement.words}</q>
            </>
          )}
        </div>
        {reason !== null && <div class="quiet">{printable(reason)}</div>}
        {scenarios.length > 0 && (
          <details>
            <summary>{scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`}</summary>
            <ul>
              {scenarios.map((scenario, index) => (
                <li key={index}>
                  <ScenarioLink scenario={scenario} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
    </tr>
  )
}
