import { steadyNow } from '#driver/steady-now.ts'
import { Writable } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'
import { execute, type RunSurroundings } from './execute.ts'
import { walkMock } from './explored/walk-trial.ts'
import { mockPool } from './mock-pool.ts'
import { proveBaseline } from './prove-baseline.ts'
import { prove } from './prove.ts'
import { tryVariant } from './try-variant.ts'
import type { RunJob, WorkerReport, WorkerSurroundings } from './run-thread.ts'

/*
 * A thread that does one job after another: whole runs, or proofs of faults with mocks that stay up between them.
 */

const { nonce, ...surroundings } = workerData as WorkerSurroundings
const interrupt = new AbortController()
const pool = mockPool()
let jobs = 0

function report(message: WorkerReport): void {
  parentPort?.postMessage(message)
}

const stderr = new Writable({
  write: (chunk, _encoding, done) => {
    report({ kind: 'stderr', text: String(chunk) })
    done()
  },
})

function outside(): Omit<RunSurroundings, 'onStart' | 'onMessage'> {
  jobs += 1
  return { ...surroundings, stderr, nonce: `${nonce}${jobs}`, interrupted: interrupt.signal, now: steadyNow }
}

async function work(job: RunJob): Promise<void> {
  switch (job.kind) {
    case 'interrupt':
      interrupt.abort()
      return
    case 'prove':
      report({ kind: 'proof', proof: await prove(job.trial, { ...outside(), start: pool.start }) })
      return
    case 'prove-baseline': {
      const proved = await proveBaseline(job.trial, { ...outside(), start: pool.start })
      report({ kind: 'entries-proved', report: proved })
      return
    }
    case 'try':
      report({ kind: 'tried', report: await tryVariant(job.trial, { ...outside(), start: pool.start }) })
      return
    case 'walk':
      report({ kind: 'walked', report: await walkMock(job.trial, { ...outside(), start: pool.start }) })
      return
    case 'execute': {
      const run = await execute(job.plan, {
        ...outside(),
        onStart: (begun) => {
          report({ kind: 'begun', run: begun })
        },
        onMessage: (envelope) => {
          report({ kind: 'message', envelope })
        },
        onWalk: (protocol, progress) => {
          report({ kind: 'walk', protocol, progress })
        },
      })
      report({ kind: 'ended', run })
      return
    }
    default:
      job satisfies never
  }
}

parentPort?.on('message', (job: RunJob) => {
  work(job).catch((error: unknown) => {
    report({ kind: 'failed', error })
  })
})
