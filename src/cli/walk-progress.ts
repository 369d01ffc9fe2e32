import type { WalkProgress } from '#explore/exploration.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { counted } from '#verdict/describe.ts'
import { indented } from '#report/terminal-lines.ts'
import { CLEAR_LINE, type ProgressOptions } from './progress.ts'

/** A display of how far walks are. */
export interface ShownWalks {
  /** A walk through the server of that protocol is over. */
  readonly show: (protocol: Protocol, progress: WalkProgress) => void
}

/** Milliseconds between two lines, on a terminal and elsewhere. */
const LIVE_MS = 200
const PLAIN_MS = 10_000

/** The display of that mode: nothing, one line that is kept up to date, or a line every ten seconds. */
export function createWalkProgress({
  mode,
  output,
  colours,
  now,
}: Omit<ProgressOptions, 'features'>): ShownWalks {
  if (mode === 'quiet') return { show: () => undefined }
  const isLive = mode === 'live'
  const latest = new Map<Protocol, WalkProgress>()
  const started = now()
  let printedAt = isLive ? 0 : started
  return {
    show: (protocol, progress) => {
      latest.set(protocol, progress)
      if (now() - printedAt < (isLive ? LIVE_MS : PLAIN_MS)) return
      printedAt = now()
      const found = [...latest.values()].some(({ counterexamples }) => counterexamples > 0)
      const text = [...latest].map(([name, one]) => line(name, one)).join('; ')
      const timed = `${text}  ${((now() - started) / 1000).toFixed(1)} s`
      const shown = isLive
        ? CLEAR_LINE + timed.slice(0, output.columns - 1)
        : indented(timed, { indent: '', rest: '  ', columns: output.columns })
            .map((each) => `${each}\n`)
            .join('')
      output.stdout.write(found ? colours.red(shown) : shown)
    },
  }
}

function line(protocol: Protocol, { sequences, asks, reached, counterexamples }: WalkProgress): string {
  const found = counterexamples === 0 ? '' : `, ${counterexamples} wrong`
  return `${protocol}: ${counted(sequences, 'sequence')}, ${asks} requests, ${reached} states${found}`
}
