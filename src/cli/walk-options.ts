import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ExploreRequest } from '#run/explored/explore-request.ts'
import { wholeNumber } from './arguments.ts'

/** How a command line says that a server is to be walked. Times are milliseconds. */
export interface WalkOptions {
  readonly for?: number | undefined
  readonly runs?: number | undefined
  readonly steps: number
  readonly parties: number
  /** The area that is walked most. */
  readonly only?: string | undefined
  readonly bursts: boolean
  /** After so many different counterexamples no more is looked for; a few where left out. */
  readonly counterexamples?: number | undefined
}

const MOST_RUNS = 1_000_000
const MOST_STEPS = 1000
const MOST_PARTIES = 4
const USUAL_STEPS = 40
const USUAL_PARTIES = 3
const USUAL_FOR_MS = 60_000
const SHRINK_MS = 20_000
const USUAL_COUNTEREXAMPLES = 5
const MOST_COUNTEREXAMPLES = 1000

/** Gives `command` the options that bound and steer walks. */
export function addWalkOptions(command: Command): Command {
  return command
    .optionsGroup('How it is walked:')
    .option('--for <time>', 'how long, such as 30s or 5m (default: 60s)', timeSpan)
    .option('--runs <n>', 'how many sequences (default: as the time allows)', wholeNumber(1, MOST_RUNS))
    .option('--steps <n>', 'the most steps of a sequence', wholeNumber(1, MOST_STEPS), USUAL_STEPS)
    .option('--parties <n>', 'how many parties take part', wholeNumber(1, MOST_PARTIES), USUAL_PARTIES)
    .addOption(new Option('--only <area>', 'the area to walk most, such as RELAY-PREKEY'))
    .option('--no-bursts', 'never several requests at once')
    .option(
      '--counterexamples <n>',
      'end once so many different ones are found',
      wholeNumber(1, MOST_COUNTEREXAMPLES),
      USUAL_COUNTEREXAMPLES,
    )
}

/** What the options ask for; with `--runs` alone there is no bound in time. */
export function exploreRequest(options: WalkOptions): ExploreRequest {
  const { runs = MOST_RUNS, steps, parties, only: area = null, bursts } = options
  const { counterexamples: mostCounterexamples = USUAL_COUNTEREXAMPLES } = options
  const forMs = options.for ?? (options.runs === undefined ? USUAL_FOR_MS : Number.MAX_SAFE_INTEGER)
  return {
    runs,
    forMs,
    steps,
    parties,
    area,
    bursts,
    shrinkMs: SHRINK_MS,
    mostCounterexamples,
  }
}

/** What is walked beside the scenarios of a run, for so many milliseconds. */
export function walkFor(ms: number): ExploreRequest {
  return exploreRequest({ for: ms, steps: USUAL_STEPS, parties: USUAL_PARTIES, bursts: true })
}

/** So many sequences of the usual form, however long they take. */
export function walksOf(runs: number): ExploreRequest {
  return exploreRequest({ runs, steps: USUAL_STEPS, parties: USUAL_PARTIES, bursts: true })
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const LONGEST_MS = 24 * 3_600_000

/** A time such as `30s`, `5m` or `500ms`, in milliseconds, for commander. */
export function timeSpan(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? []
  const ms = Number(count) * (UNITS[unit] ?? 0)
  if (!(ms >= 1 && ms <= LONGEST_MS)) throw new InvalidArgumentError('Expected a time such as 30s, 5m or 1h.')
  return ms
}
