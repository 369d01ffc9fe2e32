import { readingOf } from '#driver/mstore/readings.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isSameUrl } from '#protocol/mstore/urls.ts'
import type { Comparison } from '../../shared/check.ts'
import { at } from './answer-members.ts'
import type { MStoreSession } from './session.ts'

/** A member of a result, `success.resourceURL` or `variables.0`, what it must be, and the URL asked for. */
export interface ResultMember {
  readonly path: string
  readonly wanted: string
  readonly url: string
}

/** What a table may say of a member of a result; any other text is the value itself. */
const FORMS: Readonly<Record<string, (value: unknown, url: string) => boolean>> = {
  none: (value) => value === undefined,
  'any text': (value) => typeof value === 'string' && value !== '',
  'its URL': (value, url) => typeof value === 'string' && isSameUrl(value, url),
  'a status from 200 to 299': (value) => typeof value === 'string' && /^2\d\d$/.test(value),
  'a status outside 200 to 299': (value) => typeof value === 'string' && /^[1345]\d\d$/.test(value),
}

/** Compares a member of a result, an item of the answer to a bulk request as it came. */
export function compareResult(
  session: MStoreSession,
  item: unknown,
  { path, wanted, url }: ResultMember,
): Comparison {
  const value = at(item, path)
  const expected = isFreeFailure(session, item, wanted) ? freely(path) : wanted
  return {
    thing: `${path} of the result`,
    expected: expected === 'its URL' ? url : expected,
    got: value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value),
    holds: FORMS[expected]?.(value, url) ?? value === expected,
    exchange: session.turn.observed.exchange,
  }
}

/** Whether the words of a failure are the server's own: not those of the mStore spec, but some (E-24). */
function isFreeFailure({ target }: MStoreSession, item: unknown, wanted: string): boolean {
  const isFree = readingOf(target.dialect, 'bulkFailure') !== 'as shown'
  return isFree && FORMS[wanted] === undefined && membersOf(item)['failure'] !== undefined
}

function freely(path: string): string {
  return path === 'code' ? 'a status outside 200 to 299' : 'any text'
}
