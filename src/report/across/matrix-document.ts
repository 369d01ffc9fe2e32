import { REQUIREMENT_VERDICTS, type RequirementResult } from '#verdict/requirement-verdict.ts'
import { REQUIREMENT_MARKS } from '../wording.ts'
import { unbroken } from '../wrapped.ts'
import { filled, type Document } from './document.ts'
import { runLine, type NamedRun } from './named-run.ts'

/** Runs side by side: what each says of every area, then the requirements of which they do not say the same. */
export function matrixDocument(runs: readonly NamedRun[]): Document {
  const columns = runs.map(
    ({ verdicts }) => new Map(verdicts.requirements.map((one) => [one.requirement.id, one])),
  )
  const ids = [...new Set(columns.flatMap((column) => [...column.keys()]))]
  const cells = (id: (typeof ids)[number]): readonly string[] => columns.map((column) => cell(column.get(id)))
  return {
    title: `${runs.length} runs side by side`,
    lead: [...runs.map((run, index) => `${index + 1}. ${runLine(run)}`), legend()],
    sections: filled([
      { title: 'By area', table: { head: head('Area', runs), rows: areaRows(ids, columns) } },
      {
        title: 'Requirements of which they differ',
        table: {
          head: head('Requirement', runs),
          rows: ids.filter((id) => new Set(cells(id)).size > 1).map((id) => [id, ...cells(id)]),
        },
      },
    ]),
  }
}

type Column = ReadonlyMap<string, RequirementResult>

function areaRows(ids: readonly string[], columns: readonly Column[]): readonly (readonly string[])[] {
  const areas = [...new Set(ids.map(areaOf))]
  return areas.map((area) => [area, ...columns.map((column) => tally(column, area))])
}

/** What a cell says of what a run did not judge. */
const NOT_OF_RUN = '—'

/** `12✓ 1✗ 3○`: the requirements of an area that a run judged, by verdict. */
function tally(column: Column, area: string): string {
  const results = [...column].filter(([id]) => areaOf(id) === area).map(([, result]) => result)
  if (results.length === 0) return NOT_OF_RUN
  return REQUIREMENT_VERDICTS.flatMap((verdict) => {
    const count = results.filter((result) => result.verdict === verdict).length
    return count === 0 ? [] : [`${count}${REQUIREMENT_MARKS[verdict].sign}`]
  }).join(' ')
}

function cell(result: RequirementResult | undefined): string {
  if (result === undefined) return NOT_OF_RUN
  const { sign, word } = REQUIREMENT_MARKS[result.verdict]
  return `${sign} ${word}`
}

function areaOf(id: string): string {
  return id.replace(/-\d+$/, '')
}

function head(first: string, runs: readonly NamedRun[]): readonly string[] {
  return [first, ...runs.map((_, index) => String(index + 1))]
}

function legend(): string {
  return REQUIREMENT_VERDICTS.map(
    (verdict) => `${REQUIREMENT_MARKS[verdict].sign} ${REQUIREMENT_MARKS[verdict].word}`,
  )
    .concat(`${NOT_OF_RUN} not of this run`)
    .map(unbroken)
    .join(', ')
}
