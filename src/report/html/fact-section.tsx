import type { JSX } from 'preact'
import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { duration, madeBy, subject } from '../wording.ts'
import { Section } from './parts.tsx'

/** What was tested, when, how and by what. */
export function FactSection({
  verdicts,
  run,
}: {
  readonly verdicts: Verdicts
  readonly run: RunRecord
}): JSX.Element {
  const { only, tags, shard, isPart = false } = run.selection
  const narrowed = [
    ...only,
    ...(isPart ? ['the scenarios of named files, or of walks'] : []),
    ...(tags === null ? [] : [`tags ${tags}`]),
    ...(shard === null ? [] : [`shard ${shard}`]),
  ]
  const facts: readonly (readonly [string, string])[] = [
    ['Tested', subject(run)],
    ['Dialect', DIALECTS[run.dialect]],
    ['When', `${run.startedAt}, for ${duration(run.durationMs)}`],
    ['What', narrowed.length === 0 ? 'every scenario' : `only ${narrowed.join(', ')}`],
    ['Fails on', run.options.failOn === 'must' ? 'a violated MUST' : 'a violated MUST or SHOULD'],
    ['Baseline', run.baseline?.file ?? 'none'],
    ['Evidence', `${verdicts.totals.assertions} assertions over ${verdicts.totals.exchanges} exchanges`],
    ['By', `Touchstone ${madeBy(run)}, Node ${run.node}, ${run.platform}, seed ${run.seed}`],
    ['Exit code', String(verdicts.exitCode)],
  ]
  return (
    <Section id="facts" title="About this run">
      <dl>
        {facts.map(([name, text]) => (
          <>
            <dt>{name}</dt>
            <dd>{printable(text)}</dd>
          </>
        ))}
      </dl>
    </Section>
  )
}

const DIALECTS = {
  documented: 'documented: the specification, strictly',
  deployed: 'deployed: what the known implementations do',
} as const
