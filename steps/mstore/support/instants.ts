import { instantOf } from '#protocol/mstore/attributes.ts'

/** An instant in UTC or with an offset, in ms since the Unix epoch; null for other text. */
export function shownInstant(value: string): number | null {
  const hasOffset = /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/.test(value)
  const ms = hasOffset ? Date.parse(value) : instantOf(value)
  return Number.isNaN(ms) ? null : ms
}
