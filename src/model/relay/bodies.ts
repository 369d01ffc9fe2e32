import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Dialect } from '#protocol/requirements.ts'
import type { AskMistake } from './refusals.ts'
import type { RelayState } from './state.ts'

/** The ways in which a body may be spoilt: each with what is violated where it is taken. */
export interface BodyRows {
  /** Of a body that is no JSON, for which 415 is listed; null where no status is. */
  readonly malformed: string
  readonly isListed: boolean
  /** Of JSON that is not what it should be, by how it is spoilt; the text says which member. */
  readonly misshapen: Readonly<Record<string, string>>
}

const EMPTY = 'RELAY-ENCODING-18'
/** Bodies that are no JSON. */
const NO_JSON = ['cut', 'not JSON']
const SPOILT_IN_A_HUNDRED = 8
const LATE_IN_A_HUNDRED = 8

/** The statuses of JSON that is malformed (E-10). */
const MALFORMED: Readonly<Record<Dialect, readonly number[]>> = {
  documented: [415],
  deployed: [400, 415, 422],
}

/** Draws how the body of an ask is spoilt; mostly not at all. A list of several may be spoilt in an item behind the first. */
export function drawListBody(rows: BodyRows, draw: Draw, late: string | null): Values {
  return late !== null && draw.slip(LATE_IN_A_HUNDRED) ? { body: late } : drawBody(rows, draw)
}

/** Draws how the body of an ask is spoilt; mostly not at all. */
export function drawBody({ misshapen }: BodyRows, draw: Draw, percent = SPOILT_IN_A_HUNDRED): Values {
  if (!draw.slip(percent)) return {}
  return { body: draw.oneOf([...NO_JSON, 'empty', ...Object.keys(misshapen), ...Object.keys(misshapen)]) }
}

/** Why the body of an ask must be refused; none where it is right. */
export function bodyMistakes(
  { known: { dialect } }: RelayState,
  { values: { body } }: Ask,
  { malformed, isListed, misshapen }: BodyRows,
): readonly AskMistake[] {
  if (body === undefined) return []
  const what = `body: ${body}`
  if (!NO_JSON.includes(body))
    return [{ what, requirement: misshapen[body] ?? EMPTY, statuses: null, mayCrash: true }]
  const statuses = isListed ? MALFORMED[dialect] : null
  return [{ what, requirement: malformed, statuses, mayCrash: true }]
}
