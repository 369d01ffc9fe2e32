import { nafName } from '#driver/mstore/naf.ts'
import { expectedOutcome } from '#driver/mstore/expectations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { Answer } from '#driver/wire-client.ts'
import { bootstrappingRealm } from '#protocol/gba/identity.ts'
import type { AuthParam } from '#protocol/auth-params.ts'
import { parseChallenge, type DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import { challengeParams, qopOptions } from '#protocol/mstore/digest-params.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { assertStatus } from '../../shared/support/status.ts'
import { CHALLENGE_READABLE, isAnonymous } from './challenged.ts'
import { readOrViolated } from './read.ts'
import type { RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

/**
 * `the challenge`: a parameter that is `TEXT`, `none or TEXT`, `anything` that is not empty, or `the realm of the
 * host`; or the `text` of the header, `matching PATTERN`.
 */
export function challengeRows(session: MStoreSession): RowComparison {
  return (side, wanted) =>
    side === 'text' ? compareText(session, wanted) : compareParam(session, side, wanted)
}

function compareText(session: MStoreSession, wanted: string): Comparison {
  challengeOf(session)
  const { answer, exchange } = session.turn.observed
  const got = answer?.header('WWW-Authenticate') ?? 'none'
  const holds = new RegExp(wanted.replace(/^matching /, '')).test(got)
  return { thing: 'text of WWW-Authenticate', expected: wanted, got, holds, exchange }
}

function compareParam(session: MStoreSession, param: string, wanted: string): Comparison {
  const got = paramsOf(session).find(({ name }) => name.toLowerCase() === param)?.value ?? null
  const expected = wanted === 'the realm of the host' ? realmOf(session) : wanted
  const { exchange } = session.turn.observed
  const holds = param === 'qop' ? offers(session, expected, got) : fits(expected, got)
  return { thing: `${param} of the challenge`, expected, got: got ?? 'none', holds, exchange }
}

/** Whether `qop` is that, or where the dialect takes a choice, offers it (E-35). */
function offers({ target }: MStoreSession, expected: string, got: string | null): boolean {
  if (got === null || readingOf(target.dialect, 'challengeQop') === 'exact') return got === expected
  return qopOptions(got).includes(expected)
}

function fits(expected: string, got: string | null): boolean {
  if (expected === 'anything') return got !== null && got !== ''
  const optional = /^none or (.*)$/.exec(expected)?.[1]
  // The name of an algorithm is of no case (RFC 2617, section 3.2.1)
  return optional === undefined
    ? got === expected
    : got === null || got.toUpperCase() === optional.toUpperCase()
}

function realmOf({ target }: MStoreSession): string {
  return bootstrappingRealm(nafName(target))
}

/** Asserts that the answer is a 401 with a challenge. */
export function assertChallenged(session: MStoreSession): void {
  assertStatus(session, '401', (got) => got === 401)
  challengeOf(session)
}

/** Asserts the same where the dialect expects a 401 of the outcome of that label, else only its status. */
export function assertChallengedAs(session: MStoreSession, label: string): void {
  const { text, allows, several } = expectedOutcome(session.target.dialect, 401, label)
  assertStatus(session, `${text} (${label})`, allows)
  if (!several) challengeOf(session)
}

/** The challenge of the answer; one to a request without credentials must be readable for its own sake. */
export function challengeOf(session: MStoreSession): DigestChallenge {
  const answer = challengingAnswer(session)
  const challenge = parseChallenge(answer.header('WWW-Authenticate') ?? '')
  const isFirst = isAnonymous(session.turn.request) && session.turn.observed.call === null
  const basic = isFirst ? CHALLENGE_READABLE : session.check.requirement
  return readOrViolated(session, challenge, { answer, basic })
}

/** The parameters of the challenge; that there is a Digest challenge is a requirement of its own. */
function paramsOf(session: MStoreSession): readonly AuthParam[] {
  const answer = challengingAnswer(session)
  const read = challengeParams(answer.header('WWW-Authenticate') ?? '')
  const params = 'kind' in read ? read : { kind: 'params' as const, list: read }
  return readOrViolated(session, params, { answer, basic: CHALLENGE_READABLE }).list
}

function challengingAnswer({ check, turn: { request, observed } }: MStoreSession): Answer {
  const { answer, text, exchange } = observed
  const thing = `answer to ${request.operation}`
  const [got, holds] = [answer === null ? text : 'one', answer !== null]
  check.that({
    requirement: CHALLENGE_READABLE,
    thing,
    expected: 'one with a challenge',
    got,
    holds,
    exchange,
  })
  if (answer === null) throw new Error('an assertion that failed did not end the step')
  return answer
}
