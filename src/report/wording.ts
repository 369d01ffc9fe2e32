import type { RunRecord } from '#evidence/run-record.ts'
import type { Requirement } from '#protocol/register.ts'
import { counted } from '#verdict/describe.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioOutcome, ScenarioResult } from '#verdict/outcome.ts'
import type { RequirementVerdict } from '#verdict/requirement-verdict.ts'
import type { Verdict } from '#verdict/run-verdict.ts'
import { notVerifiedCounts } from './not-verified.ts'

/** Which version made a run, and which other one judged it. */
export function madeBy({ tool: { version, judgedBy } }: Pick<RunRecord, 'tool'>): string {
  return judgedBy === undefined ? version : `${version}, judged by ${judgedBy}`
}

/** How a thing is marked in every report: a sign for the eye, a word for every reader. */
export interface Mark {
  readonly sign: string
  readonly word: string
  /** What it means for the reader; decides the colour. */
  readonly tone: 'good' | 'bad' | 'known' | 'open'
}

/** The marks of scenarios. */
export const OUTCOME_MARKS: Readonly<Record<ScenarioOutcome, Mark>> = {
  passed: { sign: '✓', word: 'passed', tone: 'good' },
  failed: { sign: '✗', word: 'failed', tone: 'bad' },
  'known-deviation': { sign: '≈', word: 'known deviation', tone: 'known' },
  'unexpected-pass': { sign: '!', word: 'unexpected pass', tone: 'bad' },
  skipped: { sign: '○', word: 'skipped', tone: 'open' },
  inconclusive: { sign: '?', word: 'inconclusive', tone: 'open' },
  'harness-error': { sign: '⚠', word: 'harness error', tone: 'bad' },
}

/** The marks of requirements. */
export const REQUIREMENT_MARKS: Readonly<Record<RequirementVerdict, Mark>> = {
  violated: { sign: '✗', word: 'violated', tone: 'bad' },
  'known-deviation': { sign: '≈', word: 'known deviation', tone: 'known' },
  verified: { sign: '✓', word: 'verified', tone: 'good' },
  'not-verified': { sign: '○', word: 'not verified', tone: 'open' },
}

/** The marks of whole runs. */
export const VERDICT_MARKS: Readonly<Record<Verdict, Mark>> = {
  conformant: { sign: '✓', word: 'conformant', tone: 'good' },
  'non-conformant': { sign: '✗', word: 'non-conformant', tone: 'bad' },
  incomplete: { sign: '?', word: 'incomplete', tone: 'open' },
  inconclusive: { sign: '?', word: 'inconclusive', tone: 'open' },
  'harness-error': { sign: '⚠', word: 'harness error', tone: 'bad' },
  interrupted: { sign: '?', word: 'interrupted', tone: 'open' },
}

/** What a verdict means, in a sentence for a reader who has never seen it, and what the target file took out of it. */
export function meaning(verdicts: Verdicts): string {
  return [meaningOf(verdicts), ...declaredAbsence(verdicts)].join(' ')
}

function meaningOf({ verdict, totals }: Pick<Verdicts, 'verdict' | 'totals'>): string {
  const known = totals.requirements['known-deviation']
  const except = known === 0 ? '' : `, except for ${counted(known, 'known deviation')}`
  const shouldViolated = totals.requirements.violated
  switch (verdict) {
    case 'conformant':
      if (shouldViolated > 0)
        return `No MUST is violated in what was checked${except}; ${counted(shouldViolated, 'SHOULD requirement')} violated, which this run does not count.`
      return `The server does what its documentation says in all that was checked${except}.`
    case 'non-conformant':
      return totals.scenarios.failed > 0
        ? 'The server does not do what its documentation says.'
        : 'The server shows no new violation, but the baseline does not fit what it does.'
    case 'incomplete':
      return 'Nothing that was checked is wrong, but less was checked than is required.'
    case 'inconclusive':
      return 'Too little was seen of the server to say whether it does what its documentation says.'
    case 'harness-error':
      return 'Touchstone itself failed somewhere, so this run is no judgement of the server.'
    case 'interrupted':
      return 'The run was stopped before its end; what it had found until then is below.'
    default:
      return verdict satisfies never
  }
}

/** What is not verified since the target file says that it is not implemented. */
function declaredAbsence({ requirements }: Pick<Verdicts, 'requirements'>): readonly string[] {
  const areas = requirements.flatMap(
    ({ reason }) => /^skipped:absent: (\w+) \(unimplemented:/.exec(reason ?? '')?.[1] ?? [],
  )
  if (areas.length === 0) return []
  const named = [...new Set(areas)].join(', ')
  return [`${counted(areas.length, 'requirement')} not verified: declared unimplemented (${named}).`]
}

/** The scenarios in numbers: `5 scenarios: 3 passed (1 flaky), 2 skipped`. */
export function scenarioCounts({ totals, scenarios }: Verdicts): string {
  const marks = Object.entries(OUTCOME_MARKS) as [ScenarioOutcome, Mark][]
  const parts = marks
    .filter(([outcome]) => totals.scenarios[outcome] > 0)
    .map(
      ([outcome, { word }]) =>
        `${totals.scenarios[outcome]} ${word}${flakyAmong(scenarios.filter((one) => one.outcome === outcome))}`,
    )
  return sum(counted(scenarios.length, 'scenario'), parts)
}

/** The requirements in numbers: `3 requirements: 1 violated, 2 verified`. */
export function requirementCounts({ totals, requirements }: Verdicts): string {
  const marks = Object.entries(REQUIREMENT_MARKS) as [RequirementVerdict, Mark][]
  const parts = marks
    .filter(([verdict]) => totals.requirements[verdict] > 0)
    .map(([verdict, { word }]) => {
      const reasons = verdict === 'not-verified' ? ` (${notVerifiedCounts(totals).join(', ')})` : ''
      return `${totals.requirements[verdict]} ${word}${reasons}`
    })
  return sum(counted(requirements.length, 'requirement'), parts)
}

/**
 * What a headline says behind the verdict, such as ` in 6 of 208 requirements that could be checked`: how much a good
 * verdict rests on. Nothing where that is all there is, and behind a verdict that rests on what was seen alone.
 */
export function verdictScope({ verdict, coverage }: Verdicts, { selection }: RunRecord): string {
  if (verdict !== 'conformant' && verdict !== 'incomplete') return ''
  const { checkable, checked, verified, isNarrowed } = coverage
  const isAll = isNarrowed ? verified === checkable : checked === checkable
  if (checkable === 0 || (isAll && !isNarrowed)) return ''
  const which = isNarrowed
    ? `of ${selection.shard === null ? 'the selection' : `shard ${selection.shard}`}`
    : 'that could be checked'
  if (isAll)
    return checkable === 1 ? ` in the one requirement ${which}` : ` in all ${checkable} requirements ${which}`
  const some = `${verified} of ${checkable} requirements ${which}`
  return verdict === 'incomplete' ? ` (verified ${some})` : ` in ${some}`
}

/** A requirement for a reader: `RELAY-CODE-01 (MUST) The sentence.` */
export function requirementLine({ id, level, sentence }: Requirement): string {
  return `${id} (${level}) ${sentence}`
}

/** What was verified: `relay at http://127.0.0.1:8080`, and how it was reached; the bundled mocks are called so. */
export function subject({ targets }: RunRecord): string {
  return targets
    .map(({ protocol, url, kind, way = [] }) => {
      const how = way.length === 0 ? '' : ` (${way.join('; ')})`
      return `${kind === 'bundled' ? 'bundled ' : ''}${protocol} at ${url}${how}`
    })
    .join(', ')
}

/** `text` with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Milliseconds for a reader: `850 ms`, `3.2 s`, `2 min 5 s`. */
export function duration(ms: number | null): string {
  if (ms === null) return 'unknown'
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

function flakyAmong(scenarios: readonly ScenarioResult[]): string {
  const count = scenarios.filter(({ flaky }) => flaky).length
  return count === 0 ? '' : ` (${count} flaky)`
}

function sum(whole: string, parts: readonly string[]): string {
  return parts.length === 0 ? whole : `${whole}: ${parts.join(', ')}`
}
