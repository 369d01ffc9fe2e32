import { ENTRY_OUTCOMES, type EntryOutcome, type EntryReport } from '#run/prove-baseline.ts'
import type { Trial } from '#run/prove.ts'
import { faultTrials, type ProveOptions } from './prove.ts'
import type { RunEnvironment } from './run-environment.ts'
import { runTrials, trialLines, trialTotals, type TrialKind } from './trials.ts'

/**
 * Verifies the bundled mock of its protocol twice with each fault in turn, the second time under the baseline that the
 * first run printed. Exit codes: 0 all entries held, 1 some did not or there were none, 4 the harness failed over one, 130
 * interrupted. Throws a UsageError for an unknown fault.
 */
export async function proveBaselinesCommand(
  options: ProveOptions,
  environment: RunEnvironment,
): Promise<number> {
  const seed = options.seed ?? environment.nonce()
  const trials = await faultTrials(options, seed)
  return runTrials(REPORTS, { trials, seed, json: options.json }, environment)
}

const REPORTS: TrialKind<Trial, EntryReport, EntryOutcome> = {
  make: (thread, trial) => thread.proveBaseline(trial),
  wanted: 'held',
  lines: linesOf,
  totals: (reports) =>
    trialTotals(
      'faults with baselines',
      reports.map(({ outcome }) => outcome),
      ENTRY_OUTCOMES.map((outcome) => [outcome, outcome, outcome === 'held']),
    ),
  member: 'reports',
}

const COLUMN = Math.max(...ENTRY_OUTCOMES.map(({ length }) => length))

function linesOf({ outcome, fault, reasons, durationMs }: EntryReport): string {
  return trialLines(outcome, COLUMN, [`${fault} (${durationMs} ms)`, ...(outcome === 'held' ? [] : reasons)])
}
