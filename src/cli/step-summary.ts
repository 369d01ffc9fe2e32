import { appendFileSync } from 'node:fs'
import { systemReason } from '#evidence/system-error.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { markdownSummary } from '#report/markdown.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { Environment } from './environment.ts'

/** A step of a workflow may write 1 MiB; more of it than that, and all is lost. */
const MOST_BYTES = 900 * 1024

/** Adds the summary of a run to the page of a GitHub workflow, where its file is named; says on stderr where it cannot. */
export function writeStepSummary(
  verdicts: Verdicts,
  run: RunRecord,
  { env, stderr }: Pick<Environment, 'env' | 'stderr'>,
): void {
  const file = env['GITHUB_STEP_SUMMARY'] ?? ''
  if (file === '') return
  try {
    appendFileSync(file, bounded(markdownSummary(verdicts, run)))
  } catch (error) {
    stderr.write(`touchstone: GITHUB_STEP_SUMMARY: ${file} cannot be written (${systemReason(error)})\n`)
  }
}

/** Whole lines, as many as there is room for. */
function bounded(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= MOST_BYTES) return text
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n', MOST_BYTES) + 1).toString('utf8')
  return `${whole}\n… and more: summary.md has all of it.\n`
}
