import { expect, it } from 'vitest'
import { PARSER_CASES, type ParserCase } from '../../bench/parser-cases.ts'

const BYTES = 1024 * 1024
/** A reader that takes quadratic time needs ten times as long and more. */
const BOUND_MS = 2000
const TRIES = 3

/** How long one reading takes; of one that took too long, perhaps because others had the processor, the best of a few. */
function readingMs({ reading }: ParserCase): number {
  const read = reading(BYTES)
  let best = Infinity
  for (let time = 0; time < TRIES && best > BOUND_MS; time += 1) {
    const before = performance.now()
    read()
    best = Math.min(best, performance.now() - before)
  }
  return best
}

it.each(PARSER_CASES)('$reader: reads 1 MB of $input in linear time', (parserCase) => {
  expect(readingMs(parserCase)).toBeLessThan(BOUND_MS)
})
