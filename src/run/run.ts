import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { writeReports } from '#report/write.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { RunSurroundings } from './execute.ts'
import { executePlan } from './execute-protocols.ts'
import { mergedRegister } from './merged-register.ts'
import type { WritingProcess } from './folder-lock.ts'
import { openRunFolder } from './run-folder.ts'
import { protocolsOf, type RunPlan } from './run-plan.ts'

/** A run that is over: its record and what is said of it. */
export interface FinishedRun {
  readonly run: RunRecord
  readonly verdicts: Verdicts
}

/**
 * Verifies: starts the bundled mocks where no server was named, checks the target, executes the scenarios,
 * keeps the record and derives the reports. What goes wrong in the harness is part of the record; thrown is
 * only what keeps a record from being made. Whatever was started is closed.
 */
export async function verify(
  plan: RunPlan,
  { writer, ...surroundings }: RunSurroundings & { readonly writer: WritingProcess },
): Promise<FinishedRun> {
  const folder = openRunFolder(plan.reports, writer, surroundings.now())
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
    const verdicts = await writeReports(folder.path, run, {
      envelopes,
      register: mergedRegister(protocolsOf(plan), run.dialect),
    })
    return { run, verdicts }
  } finally {
    folder.close()
  }
}
