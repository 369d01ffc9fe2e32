import { readingOf } from '#driver/mstore/readings.ts'
import type { Dialect } from '#protocol/requirements.ts'

/** A flag as it is compared: with its case, or without where the dialect ignores it (E-40). */
export function comparedFlag(flag: string, dialect: Dialect): string {
  return readingOf(dialect, 'flagCase') === 'ignored' ? flag.toLowerCase() : flag
}
