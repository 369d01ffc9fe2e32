import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import type { RunSurroundings } from './execute.ts'
import { executePlan } from './execute-protocols.ts'
import { keepRun, type KeptRun } from './keep-run.ts'
import { mergedRegister } from './merged-register.ts'
import type { WritingProcess } from './folder-lock.ts'
import { openRunFolder } from './run-folder.ts'
import { protocolsOf, type RunPlan } from './run-plan.ts'

/**
 * Verifies: starts the bundled mocks where no server was named, checks the target, executes the scenarios,
 * keeps the record and derives the reports. What goes wrong in the harness is part of the record; thrown is
 * only what keeps a run from being begun. Whatever was started is closed.
 */
export async function verify(
  plan: RunPlan,
  { writer, ...surroundings }: RunSurroundings & { readonly writer: WritingProcess },
): Promise<KeptRun> {
  const { stderr } = surroundings
  const onLoss = (reason: string): void => {
    stderr.write(
      `touchstone: cannot write in ${plan.reports.shown} any more (${reason}); the run goes on, and is written at its end\n`,
    )
  }
  const folder = openRunFolder({ ...plan.reports, onLoss }, writer, surroundings.now())
  const envelopes: Envelope[] = []
  const onMessage = (envelope: Envelope): void => {
    envelopes.push(envelope)
    folder.add(envelope)
    surroundings.onMessage(envelope)
  }
  const onStart = (begun: RunRecord): void => {
    folder.describe(begun)
    surroundings.onStart(begun)
  }
  try {
    const run = await executePlan(plan, { ...surroundings, onStart, onMessage })
    folder.describe(run)
    return await keepRun(plan.reports, {
      run,
      envelopes,
      register: mergedRegister(protocolsOf(plan), run.dialect),
      isRecorded: folder.isWhole(),
    })
  } finally {
    folder.close()
  }
}
