import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { duration, subject, VERDICT_MARKS, verdictScope } from '../wording.ts'

/** A run as it is set beside others: its record, judged. */
export interface NamedRun {
  /** The folder of its record, as the user named it. */
  readonly name: string
  readonly run: RunRecord
  readonly verdicts: Verdicts
}

/** A run in one line: `reports/a: non-conformant; relay at http://…, 2026-03-01T12:00:00.000Z, 9.0 s`. */
export function runLine({ name, run, verdicts }: NamedRun): string {
  const { word } = VERDICT_MARKS[verdicts.verdict]
  return `${name}: ${word}${verdictScope(verdicts, run)}; ${subject(run)}, ${run.startedAt}, ${duration(run.durationMs)}`
}
