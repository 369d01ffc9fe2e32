import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { systemReason } from '#evidence/system-error.ts'
import type { Register } from '#protocol/register.ts'
import { writeRecord } from '#report/write-record.ts'
import { writeReports } from '#report/write.ts'
import { judge, type Verdicts } from '#verdict/judge.ts'
import { knownProofs } from './known-proofs.ts'
import type { RunPlan } from './run-plan.ts'

/** What a run leaves when it is over. */
export interface RunRemains {
  readonly run: RunRecord
  readonly envelopes: readonly Envelope[]
  readonly register: Pick<Register, 'requirements'>
  /** Whether the record is in the folder of the reports already. */
  readonly isRecorded: boolean
}

/** What was kept of a run. */
export interface KeptRun {
  readonly run: RunRecord
  readonly verdicts: Verdicts
  /** The folder that has the record and the reports, as the user would name it; null where no folder could be written. */
  readonly reports: string | null
}

/**
 * Writes the reports of a run that is over, and its record where that was lost on the way. Where the folder of the
 * plan cannot be written they go, as a whole, into a new folder of `elsewhere`; then, or where that cannot be written
 * either, the harness has failed, and the run's record says so.
 */
export async function keepRun(
  { path, shown }: RunPlan['reports'],
  remains: RunRemains,
  elsewhere: string = tmpdir(),
): Promise<KeptRun> {
  try {
    return { ...(await kept(path, remains)), reports: shown }
  } catch (error) {
    const failure = `the reports could not be written in ${shown} (${systemReason(error)})`
    return keptElsewhere(elsewhere, { ...remains, isRecorded: false }, failure)
  }
}

async function keptElsewhere(elsewhere: string, remains: RunRemains, failure: string): Promise<KeptRun> {
  try {
    const path = await mkdtemp(join(elsewhere, 'touchstone-'))
    return { ...(await kept(path, withError(remains, `${failure}; they are in ${path}`))), reports: path }
  } catch (error) {
    const reason = `${failure}, nor in ${elsewhere} (${systemReason(error)})`
    const { run, envelopes, register } = withError(remains, reason)
    return { run, verdicts: judge(envelopes, run, register.requirements), reports: null }
  }
}

function withError(remains: RunRemains, error: string): RunRemains {
  const { run } = remains
  return { ...remains, run: { ...run, harnessErrors: [...run.harnessErrors, error] } }
}

async function kept(path: string, remains: RunRemains): Promise<Omit<KeptRun, 'reports'>> {
  const { run, envelopes, register, isRecorded } = remains
  if (!isRecorded) await writeRecord(path, run, envelopes)
  const proofs = await knownProofs(run.protocols)
  return { run, verdicts: await writeReports(path, run, { envelopes, register, proofs }) }
}
