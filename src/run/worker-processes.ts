import type { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Envelope } from '@cucumber/messages'

/** The processes in which cucumber runs scenarios in parallel, watched so that they can be stopped. */
export interface WorkerProcesses {
  /** To be called with every message of the run, so that it is known which worker is busy. */
  readonly note: (envelope: Envelope) => void
  /** Ends each worker as soon as it is between two scenarios; cucumber then ends the run. */
  readonly stop: () => void
  /** Watches no longer. */
  readonly release: () => void
}

const CHANNEL = 'child_process'

/** Watches the workers that cucumber starts from now on: it numbers them in the order in which it starts them. */
export function watchWorkers(): WorkerProcesses {
  const workers: ChildProcess[] = []
  const busy = new Map<string, string>()
  let stopping = false
  const onProcess = (message: unknown): void => {
    const worker = (message as { readonly process: ChildProcess }).process
    workers.push(worker)
    // A worker that is being ended cannot take the scenario cucumber may still hand to it.
    worker.on('error', () => undefined)
  }
  const endIdle = (): void => {
    const occupied = new Set(busy.values())
    workers.filter((_, id) => !occupied.has(String(id))).forEach((worker) => worker.kill('SIGKILL'))
  }
  subscribe(CHANNEL, onProcess)
  return {
    note: ({ testCaseStarted, testCaseFinished }) => {
      if (testCaseStarted?.workerId !== undefined) busy.set(testCaseStarted.id, testCaseStarted.workerId)
      if (testCaseFinished?.willBeRetried === false) busy.delete(testCaseFinished.testCaseStartedId)
      if (stopping && testCaseFinished !== undefined) endIdle()
    },
    stop: () => {
      stopping = true
      endIdle()
    },
    release: () => {
      unsubscribe(CHANNEL, onProcess)
    },
  }
}
