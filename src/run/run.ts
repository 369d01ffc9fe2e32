import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { counted } from '#verdict/describe.ts'
import { beginLedger, LEDGER_NAME } from './cleanup/ledger-file.ts'
import type { RunSurroundings } from './execute.ts'
import { executePlan } from './execute-protocols.ts'
import { keepRun, type KeptRun } from './keep-run.ts'
import { mergedRegister } from './merged-register.ts'
import type { WritingProcess } from './folder-lock.ts'
import { openRunFolder } from './run-folder.ts'
import { protocolsOf, type RunPlan } from './run-plan.ts'
import { protocolOf } from './targets/resolve-target.ts'

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
  let ledger: string | undefined
  const onTaken = (): void => {
    ledger = ledgerOf(plan, surroundings)
  }
  const folder = openRunFolder({ ...plan.reports, onTaken, onLoss }, writer, surroundings.now())
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
    const run = await executePlan({ ...plan, ledger }, { ...surroundings, onStart, onMessage })
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

/**
 * Begins the ledger of a run whose server outlives it; its path, undefined where there is none. What an earlier run left to
 * be put back is said, and stays in it.
 */
function ledgerOf(
  plan: RunPlan,
  { now, stderr }: Pick<RunSurroundings, 'now' | 'stderr'>,
): string | undefined {
  const { targets, reports, named = {} } = plan
  const target = targets.find(({ kind }) => kind === 'deployment')
  if (target === undefined) return undefined
  const path = join(reports.path, LEDGER_NAME)
  const startedAt = new Date(now()).toISOString()
  const left = beginLedger(path, { protocol: protocolOf(target), startedAt, named })
  if (left.length > 0)
    stderr.write(
      `touchstone: an earlier run left ${counted(left.length, 'change')} to put back: touchstone cleanup --ledger ${reports.shown}/${LEDGER_NAME}\n`,
    )
  return path
}
