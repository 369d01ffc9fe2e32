import { membersOf } from '#protocol/mstore/members.ts'
import { isSameResource } from '#protocol/mstore/urls.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { at } from './answer-members.ts'
import { lastingMember, shownMember } from './shown-body.ts'
import type { MStoreSession } from './session.ts'

/** A member of a result, `success.resourceURL` or `variables.0`, what it must be, and the URL asked for. */
export interface ResultMember {
  readonly path: string
  readonly wanted: string
  readonly url: string
}

/**
 * What a table may say of a member of a result; any other text is the value itself. A code is a number or its text:
 * which of the two is a requirement of its own.
 */
const FORMS: Readonly<Record<string, (value: unknown, url: string) => boolean>> = {
  none: (value) => value == null,
  'any text': (value) => typeof value === 'string' && value !== '',
  'its URL': (value, url) => typeof value === 'string' && isSameResource(value, url),
  'a status from 200 to 299': (value) => /^2\d\d$/.test(codeText(value)),
  'a status outside 200 to 299': (value) => /^[1345]\d\d$/.test(codeText(value)),
}

/** Words behind a form that ask nothing of a success. */
const UNLESS_DONE = / unless it succeeded$/

/** Compares a member of a result, an item of the answer to a bulk request as it came. */
export function compareResult(
  session: MStoreSession,
  item: unknown,
  { path, wanted, url }: ResultMember,
): Comparison {
  const value = at(item, path)
  const form = wanted.replace(UNLESS_DONE, '')
  const isFree = form !== wanted && isDone(item)
  return {
    thing: `${path} of the result`,
    expected: form === 'its URL' ? wanted.replace(form, url) : wanted,
    got: shownMember(value),
    lasting: { expected: wanted, got: lastingMember(value) },
    holds: isFree || (FORMS[form]?.(value, url) ?? value === form),
    exchange: session.turn.observed.exchange,
  }
}

function isDone(item: unknown): boolean {
  const { success, failure } = membersOf(item)
  return success != null && failure == null
}

/** A code as text; empty where it is neither text nor a number. */
function codeText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
