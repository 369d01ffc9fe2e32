import type { JSX } from 'preact'
import type { Verdicts } from '#verdict/judge.ts'
import { REQUIREMENT_VERDICTS, type RequirementResult } from '#verdict/requirement-verdict.ts'
import { REQUIREMENT_MARKS } from '../wording.ts'
import { resultsByArea } from './areas.ts'
import { MarkText, Section } from './parts.tsx'

/** How much of the specification the run covers: a cell for each requirement, by area, each a link to it. */
export function CoverageMap({ verdicts }: { readonly verdicts: Verdicts }): JSX.Element {
  return (
    <Section id="coverage" title="How much of the specification this covers">
      <p class="legend">
        {REQUIREMENT_VERDICTS.map((verdict) => (
          <span key={verdict}>
            <MarkText mark={REQUIREMENT_MARKS[verdict]} />{' '}
          </span>
        ))}
      </p>
      <dl class="map">
        {resultsByArea(verdicts.requirements).map(({ area, results }) => (
          <>
            <dt>
              <a href={`#area-${area}`}>{area}</a>
            </dt>
            <dd>
              {results.map((result) => (
                <Cell result={result} key={result.requirement.id} />
              ))}
            </dd>
          </>
        ))}
      </dl>
    </Section>
  )
}

function Cell({ result: { requirement, verdict } }: { readonly result: RequirementResult }): JSX.Element {
  const { sign, word, tone } = REQUIREMENT_MARKS[verdict]
  const said = `${requirement.id} (${requirement.level}): ${word}`
  return (
    <a class={tone} href={`#${requirement.id}`} title={said} aria-label={said}>
      {sign}
    </a>
  )
}
