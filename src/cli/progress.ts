import { printable } from '#evidence/printable.ts'
import { counted } from '#verdict/describe.ts'
import type { ScenarioOutcome, ScenarioResult } from '#verdict/outcome.ts'
import type { Colours } from './colours.ts'
import type { Environment } from './environment.ts'

/** How much a run prints while it goes on. */
export type ProgressMode = 'quiet' | 'plain' | 'live' | 'verbose'

/** What a display of progress is made of. */
export interface ProgressOptions {
  readonly mode: ProgressMode
  /** Of each scenario to come, the feature it belongs to. */
  readonly features: readonly string[]
  readonly output: Pick<Environment, 'stdout' | 'columns'>
  readonly colours: Colours
  /** Milliseconds, from any beginning. */
  readonly now: () => number
}

/** A display of a run's progress. */
export interface Progress {
  /** A scenario begins. */
  readonly begin: (feature: string) => void
  /** A scenario is over. */
  readonly end: (result: ScenarioResult) => void
  /** The run is over; a live line is taken away. */
  readonly close: () => void
}

/** Milliseconds after which a run that is piped says that it is still going on. */
const REASSURE_AFTER_MS = 10_000
const TICK_MS = 500
/** Takes away what stands in the line of a terminal. */
export const CLEAR_LINE = '\r\u001b[2K'

/** The display of `options.mode`: nothing, a line for each feature, one line that is kept up to date, or a line for each scenario. */
export function createProgress(options: ProgressOptions): Progress {
  switch (options.mode) {
    case 'quiet':
      return { begin: ignore, end: ignore, close: ignore }
    case 'plain':
      return plain(options)
    case 'live':
      return live(options)
    case 'verbose':
      return verbose(options)
  }
}

function ignore(): void {
  // Nothing is printed.
}

function plain({ features, output, now }: ProgressOptions): Progress {
  const total = tally(features)
  const tallies = new Map<string, Map<ScenarioOutcome, number>>()
  const started = now()
  let done = 0
  let printedAt = started
  const print = (line: string): void => {
    output.stdout.write(`${line}\n`)
    printedAt = now()
  }
  return {
    begin: ignore,
    end: ({ feature, outcome }) => {
      const outcomes = tallies.get(feature) ?? new Map<ScenarioOutcome, number>()
      tallies.set(feature, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1))
      done += 1
      const ofFeature = [...outcomes.values()].reduce((sum, count) => sum + count, 0)
      if (ofFeature === total.get(feature)) print(`${printable(feature)}: ${listed(outcomes)}`)
      else if (features.length > 0 && now() - printedAt >= REASSURE_AFTER_MS)
        print(`${done}/${features.length} after ${seconds(now() - started)}`)
    },
    close: ignore,
  }
}

function live({ features, output, colours, now }: ProgressOptions): Progress {
  const started = now()
  let done = 0
  let problems = 0
  let current = ''
  const draw = (): void => {
    const counts = `${done}/${features.length}  ${counted(problems, 'problem')}  ${seconds(now() - started)}  `
    const room = Math.max(0, output.columns - 1 - counts.length)
    const text = counts + printable(current).slice(0, room)
    output.stdout.write(CLEAR_LINE + (problems > 0 ? colours.red(text) : text))
  }
  const ticker = setInterval(draw, TICK_MS)
  ticker.unref()
  return {
    begin: (feature) => {
      if (feature === current) return
      current = feature
      draw()
    },
    end: ({ outcome }) => {
      done += 1
      if (isProblem(outcome)) problems += 1
      draw()
    },
    close: () => {
      clearInterval(ticker)
      output.stdout.write(CLEAR_LINE)
    },
  }
}

function verbose({ output, colours }: ProgressOptions): Progress {
  return {
    begin: ignore,
    end: ({ outcome, feature, name, durationMs, message }) => {
      const word = coloured(outcome, colours)
      output.stdout.write(`${word} ${printable(`${feature}: ${name}`)} (${Math.round(durationMs)} ms)\n`)
      if (message !== null) output.stdout.write(`  ${printable(message)}\n`)
    },
    close: ignore,
  }
}

const WIDEST = 'known-deviation'.length

function coloured(outcome: ScenarioOutcome, colours: Colours): string {
  const word = outcome.padEnd(WIDEST)
  if (isProblem(outcome)) return colours.red(word)
  return outcome === 'passed' ? colours.green(word) : colours.yellow(word)
}

function isProblem(outcome: ScenarioOutcome): boolean {
  return ['failed', 'inconclusive', 'harness-error'].includes(outcome)
}

function tally(features: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return counts
}

function listed(outcomes: ReadonlyMap<ScenarioOutcome, number>): string {
  return [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
