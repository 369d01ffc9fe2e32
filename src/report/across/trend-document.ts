import type { ScenarioOutcome } from '#verdict/outcome.ts'
import { duration, OUTCOME_MARKS } from '../wording.ts'
import { unbroken } from '../wrapped.ts'
import { filled, type Document } from './document.ts'
import { runLine, type NamedRun } from './named-run.ts'
import { histories, inTime, type ScenarioHistory } from './trend.ts'

const SHOWN_SLOW = 10

/** Runs of one server over time: how they ended, which scenarios change from run to run, which take longest. */
export function trendDocument(given: readonly NamedRun[]): Document {
  const runs = inTime(given)
  const all = histories(runs)
  const changing = all.filter(({ outcomes }) => new Set(outcomes.filter((one) => one !== null)).size > 1)
  return {
    title: `${runs.length} runs, from ${runs[0]?.run.startedAt ?? ''} to ${runs.at(-1)?.run.startedAt ?? ''}`,
    lead: [...runs.map((run, index) => `${index + 1}. ${runLine(run)}`), legend()],
    sections: filled([
      section(
        'Flaky',
        all.filter(({ flaky }) => flaky),
      ),
      section(
        'Changed once',
        changing.filter(({ flaky }) => !flaky),
      ),
      {
        title: 'Slowest',
        table: { head: ['Least', 'Median', 'Most', 'Scenario'], rows: slowest(all) },
      },
    ]),
  }
}

function section(title: string, of: readonly ScenarioHistory[]): Document['sections'][number] {
  return { title, table: { head: ['Outcomes', 'Scenario'], rows: of.map((one) => [signs(one), one.name]) } }
}

function signs({ outcomes }: ScenarioHistory): string {
  return outcomes.map((outcome) => (outcome === null ? '—' : OUTCOME_MARKS[outcome].sign)).join('')
}

function slowest(all: readonly ScenarioHistory[]): readonly (readonly string[])[] {
  return all
    .filter(({ durationsMs }) => durationsMs.length > 0)
    .map(({ name, durationsMs }) => ({ name, sorted: [...durationsMs].sort((one, other) => one - other) }))
    .map(({ name, sorted }) => ({
      name,
      least: sorted[0] ?? 0,
      median: middle(sorted),
      most: sorted.at(-1) ?? 0,
    }))
    .sort((one, other) => other.median - one.median)
    .slice(0, SHOWN_SLOW)
    .map(({ name, least, median, most }) => [duration(least), duration(median), duration(most), name])
}

/** The middle of sorted numbers; of an even count the lower one. */
function middle(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function legend(): string {
  const marks = Object.entries(OUTCOME_MARKS) as [ScenarioOutcome, { sign: string; word: string }][]
  return [...marks.map(([, { sign, word }]) => `${sign} ${word}`), '— not of that run']
    .map(unbroken)
    .join(', ')
}
