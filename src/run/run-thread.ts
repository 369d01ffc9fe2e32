import { on } from 'node:events'
import type { Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import type { WalkProgress } from '#explore/exploration.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { RUN_WORKER } from './compiled-places.ts'
import type { RunSurroundings } from './execute.ts'
import type { WalkReport, WalkTrial } from './explored/walk-trial.ts'
import type { EntryReport } from './prove-baseline.ts'
import type { Proof, Trial } from './prove.ts'
import type { VariantReport, VariantTrial } from './try-variant.ts'
import type { RunPlan } from './run-plan.ts'

/** A message to a worker. One run or proof is in it at a time; `last` is the kind of the report that ends it. */
export type RunJob =
  | { readonly kind: 'prove'; readonly last: 'proof'; readonly trial: Trial }
  | { readonly kind: 'prove-baseline'; readonly last: 'entries-proved'; readonly trial: Trial }
  | { readonly kind: 'try'; readonly last: 'tried'; readonly trial: VariantTrial }
  | { readonly kind: 'walk'; readonly last: 'walked'; readonly trial: WalkTrial }
  | { readonly kind: 'execute'; readonly last: 'ended'; readonly plan: RunPlan }
  | { readonly kind: 'interrupt' }

/** What a worker reports. */
export type WorkerReport =
  | { readonly kind: 'proof'; readonly proof: Proof }
  | { readonly kind: 'entries-proved'; readonly report: EntryReport }
  | { readonly kind: 'tried'; readonly report: VariantReport }
  | { readonly kind: 'walked'; readonly report: WalkReport }
  | { readonly kind: 'begun'; readonly run: RunRecord }
  | { readonly kind: 'message'; readonly envelope: Envelope }
  | { readonly kind: 'walk'; readonly protocol: Protocol; readonly progress: WalkProgress }
  | { readonly kind: 'ended'; readonly run: RunRecord }
  | { readonly kind: 'stderr'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: unknown }

/** What a worker needs of the process it is part of, as data. */
export type WorkerSurroundings = Pick<RunSurroundings, 'env' | 'nonce' | 'node' | 'platform'>

/** What the main thread keeps of the surroundings of a run. */
export type ThreadSurroundings = WorkerSurroundings & {
  readonly stderr: Writable
  readonly interrupted: AbortSignal
}

/** A thread of this process with cucumber, the steps and mocks of its own: two of them use two cores. */
export interface RunThread {
  /** Rejects where the harness itself failed. */
  readonly prove: (trial: Trial) => Promise<Proof>
  /** Rejects where the harness itself failed, or where a baseline that it printed cannot be read. */
  readonly proveBaseline: (trial: Trial) => Promise<EntryReport>
  /** Rejects where the harness itself failed. */
  readonly tryVariant: (trial: VariantTrial) => Promise<VariantReport>
  /** Rejects where the harness itself failed. */
  readonly walk: (trial: WalkTrial) => Promise<WalkReport>
  /** The record of a run, whose messages go to `observer`. Rejects where no record can be made. */
  readonly execute: (
    plan: RunPlan,
    observer: Pick<RunSurroundings, 'onStart' | 'onMessage' | 'onWalk'>,
  ) => Promise<RunRecord>
  /** Ends the current run after its running scenario, and begins nothing more. */
  readonly interrupt: () => void
  /** Ends the thread and all that runs in it. */
  readonly close: () => Promise<void>
}

/** Starts a thread. It is interrupted with the surroundings. */
export function startThread(surroundings: ThreadSurroundings): RunThread {
  const { interrupted, env, nonce, node, platform } = surroundings
  const workerData: WorkerSurroundings = { env: { ...env }, nonce, node, platform }
  // What this process resolves otherwise than Node.js does by itself, as a test runner may, is not for compiled code.
  const worker = new Worker(RUN_WORKER, { workerData, execArgv: [] })
  const interrupt = (): void => {
    worker.postMessage({ kind: 'interrupt' } satisfies RunJob)
  }
  interrupted.addEventListener('abort', interrupt)
  if (interrupted.aborted) interrupt()
  return {
    prove: async (trial) =>
      (await reported(worker, { kind: 'prove', trial, last: 'proof' }, surroundings)).proof,
    proveBaseline: async (trial) =>
      (await reported(worker, { kind: 'prove-baseline', trial, last: 'entries-proved' }, surroundings))
        .report,
    tryVariant: async (trial) =>
      (await reported(worker, { kind: 'try', trial, last: 'tried' }, surroundings)).report,
    walk: async (trial) =>
      (await reported(worker, { kind: 'walk', trial, last: 'walked' }, surroundings)).report,
    execute: async (plan, observer) =>
      (await reported(worker, { kind: 'execute', plan, last: 'ended' }, { ...surroundings, ...observer }))
        .run,
    interrupt,
    close: async () => {
      interrupted.removeEventListener('abort', interrupt)
      await worker.terminate()
    },
  }
}

interface ReportObserver extends Partial<Pick<RunSurroundings, 'onStart' | 'onMessage' | 'onWalk'>> {
  readonly stderr: Writable
}

/** Runs a job in the worker, and returns the report of that kind, which is its last. Throws where the job failed. */
async function reported<Last extends WorkerReport['kind']>(
  worker: Worker,
  job: RunJob & { readonly last: Last },
  observer: ReportObserver,
): Promise<Extract<WorkerReport, { readonly kind: Last }>> {
  const reports = on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[WorkerReport]>
  worker.postMessage(job)
  for await (const [report] of reports) {
    if (isOf(job.last, report)) return report
    observe(report, observer)
  }
  throw new Error('a worker thread ended before its job was over')
}

function isOf<Kind extends WorkerReport['kind']>(
  kind: Kind,
  report: WorkerReport,
): report is Extract<WorkerReport, { readonly kind: Kind }> {
  return report.kind === kind
}

function observe(report: WorkerReport, { stderr, onStart, onMessage, onWalk }: ReportObserver): void {
  if (report.kind === 'stderr') stderr.write(report.text)
  if (report.kind === 'failed') throw report.error
  if (report.kind === 'begun') onStart?.(report.run)
  if (report.kind === 'message') onMessage?.(report.envelope)
  if (report.kind === 'walk') onWalk?.(report.protocol, report.progress)
}
