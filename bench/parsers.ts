import type { ParserCase } from './parser-cases.ts'

const MEGABYTE = 1024 * 1024
/** Each twice as large as the one before. */
const SIZES = [2, 4, 8] as const
const TIMES = 5
/** A reader that takes this long is measured less often. */
const ENOUGH_MS = 2000
/** Below this, times cannot be compared. */
const LEAST_MS = 1

/** How a reader takes its worst inputs of 2, 4 and 8 MB. Milliseconds of the processor, the best of five. */
export interface ParserFigures extends Pick<ParserCase, 'reader' | 'input'> {
  /**
   * How many times as long twice the bytes take; the lesser of two doublings, as the one by which what is made of them
   * outgrows the young part of the heap takes more than its share.
   */
  readonly doubling: number
  /** For 8 MB. */
  readonly large: number
}

/** Measures all cases, one after the other. */
export function measureParsers(cases: readonly ParserCase[]): readonly ParserFigures[] {
  return cases.map(({ reader, input, reading }) => {
    const taken = SIZES.map((size) => bestOf(reading(size * MEGABYTE)))
    const doublings = taken.slice(1).map((ms, place) => ms / (taken[place] ?? NaN))
    return { reader, input, doubling: Math.min(...doublings), large: taken.at(-1) ?? NaN }
  })
}

/** The time of the processor, whatever share of it others have meanwhile. */
function bestOf(read: () => unknown): number {
  const began = process.cpuUsage()
  let best = Infinity
  for (let time = 0; time < TIMES && millisecondsSince(began) < ENOUGH_MS; time += 1) {
    const before = process.cpuUsage()
    read()
    best = Math.min(best, millisecondsSince(before))
  }
  return Math.max(LEAST_MS, best)
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
