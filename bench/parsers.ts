import type { ParserCase } from './parser-cases.ts'

const MEGABYTE = 1024 * 1024
const SMALL = 1
const LARGE = 8
const TIMES = 5
/** A reader that takes this long is measured less often. */
const ENOUGH_MS = 2000
/** Below this nothing is told apart. */
const LEAST_MS = 1

/** How long a reader takes for its worst inputs of 1 MB and of 8 MB, best of five. Milliseconds. */
export interface ParserFigures extends Pick<ParserCase, 'reader' | 'input'> {
  readonly small: number
  readonly large: number
}

/** Measures all cases, one after the other. */
export function measureParsers(cases: readonly ParserCase[]): readonly ParserFigures[] {
  return cases.map(({ reader, input, reading }) => ({
    reader,
    input,
    small: bestOf(reading(SMALL * MEGABYTE)),
    large: bestOf(reading(LARGE * MEGABYTE)),
  }))
}

function bestOf(read: () => unknown): number {
  const began = performance.now()
  let best = Infinity
  for (let time = 0; time < TIMES && performance.now() - began < ENOUGH_MS; time += 1) {
    const before = performance.now()
    read()
    best = Math.min(best, performance.now() - before)
  }
  return Math.max(LEAST_MS, best)
}
