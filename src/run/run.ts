import type { Writable } from 'node:stream'
import type { Envelope } from '@cucumber/messages'
import type { RelayTarget } from '#driver/target.ts'
import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { loadRegister } from '#protocol/register.ts'
import { writeReports } from '#report/write.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { startBundledMocks } from './bundled.ts'
import { executeFeatures } from './cucumber.ts'
import { preflight } from './preflight.ts'
import { openRunFolder, type RunFolder } from './run-folder.ts'
import { beginRecord, type RunPlan } from './run-plan.ts'

/** What a run takes from outside. */
export interface RunSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stderr: Writable
  /** Aborted when the run is to end after the running scenario. */
  readonly interrupted: AbortSignal
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Letters and digits that no other run uses. */
  readonly nonce: string
  readonly node: string
  readonly platform: string
  /** Told once, when the target is known and nothing has been sent yet. */
  readonly onStart: (run: RunRecord) => void
  /** Handed every message as it comes. */
  readonly onMessage: (envelope: Envelope) => void
}

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
export async function verify(plan: RunPlan, surroundings: RunSurroundings): Promise<FinishedRun> {
  const folder = openRunFolder(plan.reports.path, plan.reports.shown)
  const envelopes: Envelope[] = []
  const onMessage = (envelope: Envelope): void => {
    envelopes.push(envelope)
    folder.add(envelope)
    surroundings.onMessage(envelope)
  }
  try {
    const run = await executed(plan, { ...surroundings, onMessage }, folder)
    const verdicts = await writeReports(folder.path, run, {
      envelopes,
      register: loadRegister(plan.protocol),
    })
    return { run, verdicts }
  } finally {
    folder.close()
  }
}

async function executed(plan: RunPlan, surroundings: RunSurroundings, folder: RunFolder): Promise<RunRecord> {
  const startedAt = surroundings.now()
  const { target, faults, close } = await raise(plan)
  try {
    const begun = beginRecord(plan, {
      target,
      startedAt,
      node: surroundings.node,
      platform: surroundings.platform,
    })
    folder.describe(begun)
    surroundings.onStart(begun)
    const events = await carriedOut({ plan, target }, surroundings)
    const finishedAt = surroundings.now()
    const run = {
      ...begun,
      ...events,
      harnessErrors: [...events.harnessErrors, ...faults()],
      interrupted: surroundings.interrupted.aborted,
      finishedAt: new Date(finishedAt).toISOString(),
      durationMs: finishedAt - startedAt,
    }
    folder.describe(run)
    return run
  } finally {
    await close()
  }
}

async function raise({ target, seed }: RunPlan): Promise<Awaited<ReturnType<typeof startBundledMocks>>> {
  if (target.kind === 'bundled') return startBundledMocks(target.settings, seed)
  return { target: target.target, faults: () => [], close: () => Promise.resolve() }
}

async function carriedOut(
  { plan, target }: { readonly plan: RunPlan; readonly target: RelayTarget },
  surroundings: RunSurroundings,
): Promise<Pick<RunRecord, 'preflight' | 'harnessErrors'>> {
  const objection = await preflight(target, surroundings)
  if (objection !== null) return { preflight: printable(objection), harnessErrors: [] }
  try {
    await executeFeatures({
      ...plan,
      ...surroundings,
      scenarios: plan.selection.scenarios.map(({ location }) => location),
      parameters: { relay: target, seed: plan.seed },
    })
    return { preflight: null, harnessErrors: [] }
  } catch (error) {
    return { preflight: null, harnessErrors: [printable(reasonOf(error))] }
  }
}

/** The first line of an error's message, and of those it was caused by. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [line = error.name] = error.message.split('\n')
  return error.cause === undefined ? line : `${line}: ${reasonOf(error.cause)}`
}
