import { availableParallelism } from 'node:os'
import { jsonDocument } from '#evidence/json-text.ts'
import type { RunThread } from '#run/run-thread.ts'
import type { RunEnvironment } from './run-environment.ts'

const INTERRUPTED = 130
const BROKEN = 4

/** What every report of a trial says: how it ended, in one word. */
interface Ended<Outcome extends string> {
  readonly outcome: Outcome | 'broken'
}

/** A kind of trial of `touchstone prove`, faults or variants, and what is printed of it. */
export interface TrialKind<Trial, Report extends Ended<Outcome>, Outcome extends string> {
  readonly make: (thread: RunThread, trial: Trial) => Promise<Report>
  /** The outcome that every trial should have. */
  readonly wanted: Outcome
  readonly lines: (report: Report) => string
  readonly totals: (reports: readonly Report[]) => string
  /** What the list of reports is called in JSON. */
  readonly member: string
}

/** The trials to make. */
export interface TrialSelection<Trial> {
  readonly trials: readonly Trial[]
  readonly seed: string
  readonly json: boolean
  /** How many of them are worth the second that a further thread takes to begin: one, where left out. */
  readonly perThread?: number
}

/**
 * Makes the trials of a kind, prints each as it ends and the totals, or all of them as JSON. Exit codes: 0 all had the
 * wanted outcome, 1 one had another, 4 the harness failed over one, 130 interrupted.
 */
export async function runTrials<Trial, Report extends Ended<Outcome>, Outcome extends string>(
  { make, wanted, lines, totals, member }: TrialKind<Trial, Report, Outcome>,
  { trials, seed, json, perThread = 1 }: TrialSelection<Trial>,
  environment: RunEnvironment,
): Promise<number> {
  const { stdout, interrupted, nonce } = environment
  const onReport = (report: Report): void => {
    if (!json) stdout.write(lines(report))
  }
  const { makeTrials } = await import('#run/make-trials.ts')
  const reports = await makeTrials(
    trials,
    { make, threads: availableParallelism(), perThread, onReport },
    { ...environment, nonce: nonce() },
  )
  stdout.write(json ? jsonDocument({ seed, [member]: reports }) : totals(reports))
  if (interrupted.aborted) return INTERRUPTED
  if (reports.some(({ outcome }) => outcome === 'broken')) return BROKEN
  return reports.every(({ outcome }) => outcome === wanted) ? 0 : 1
}

/** What is printed of one trial: its outcome in a column of that width, what it was, and lines below. */
export function trialLines(outcome: string, column: number, [title, ...below]: readonly string[]): string {
  const indented = below.map((line) => `${' '.repeat(column + 2)}${line}\n`)
  return `${outcome.padEnd(column)}  ${title ?? ''}\n${indented.join('')}`
}

/** `3 faults: 2 killed, 1 survived`: each outcome that occurred, and those that are always named. */
export function trialTotals<Outcome extends string>(
  what: string,
  outcomes: readonly Outcome[],
  words: readonly (readonly [outcome: Outcome, word: string, isAlwaysNamed: boolean])[],
): string {
  const shown = words
    .map(([wanted, word, isAlwaysNamed]) => ({
      word,
      isAlwaysNamed,
      count: outcomes.filter((outcome) => outcome === wanted).length,
    }))
    .filter(({ count, isAlwaysNamed }) => count > 0 || isAlwaysNamed)
    .map(({ word, count }) => `${count} ${word}`)
  return `\n${outcomes.length} ${what}: ${shown.join(', ')}\n`
}
