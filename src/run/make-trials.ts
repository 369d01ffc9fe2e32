import { startThread, type RunThread, type ThreadSurroundings } from './run-thread.ts'

/** How trials are made and distributed, and where their reports go. */
export interface TrialOptions<Trial, Report> {
  readonly make: (thread: RunThread, trial: Trial) => Promise<Report>
  /** How many threads work at the same time, at most. */
  readonly threads: number
  /** How many trials are worth the second that a further thread takes to begin. */
  readonly perThread: number
  /** Called with each report, in the order of the trials. */
  readonly onReport: (report: Report) => void
}

/**
 * Makes every trial, on several threads at once; the reports are in the order of the trials. Once interrupted,
 * no further trial is begun, and those under way end after their running scenario.
 */
export async function makeTrials<Trial, Report>(
  trials: readonly Trial[],
  { make, threads, perThread, onReport }: TrialOptions<Trial, Report>,
  surroundings: ThreadSurroundings,
): Promise<readonly Report[]> {
  const waiting = [...trials.entries()].values()
  const reports: (Report | undefined)[] = []
  let shown = 0
  const keep = (index: number, report: Report): void => {
    reports[index] = report
    for (let next = reports[shown]; next !== undefined; next = reports[shown]) {
      onReport(next)
      shown += 1
    }
  }
  const work = async (thread: RunThread): Promise<void> => {
    for (const [index, trial] of waiting) {
      if (surroundings.interrupted.aborted) return
      keep(index, await make(thread, trial))
    }
  }
  const count = Math.max(1, Math.min(threads, Math.floor(trials.length / perThread)))
  const running = Array.from({ length: count }, () => startThread(surroundings))
  try {
    await Promise.all(running.map(work))
  } finally {
    await Promise.all(running.map((thread) => thread.close()))
  }
  return reports.filter((report) => report !== undefined)
}
