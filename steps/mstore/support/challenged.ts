import type { Call } from '#driver/mstore/client.ts'
import { type WireRequest, headerValue } from '#driver/wire-request.ts'
import type { Check } from '../../shared/support/check.ts'
import { type MStoreObserved, isSuccess } from './observed.ts'

/** That a request without credentials is answered 401. */
export const CHALLENGED = 'MSTORE-AUTH-01'
/** That a 401 has a challenge that can be read. */
export const CHALLENGE_READABLE = 'MSTORE-AUTH-02'
const UNAUTHORIZED = 401
const LEAST_REFUSAL = 400

/** Whether a request is without credentials. */
export function isAnonymous({ headers }: WireRequest): boolean {
  return headerValue(headers, 'Authorization') === null
}

/**
 * Ends a step whose request was served without credentials, or was refused with a challenge that no client can answer:
 * neither says anything of what the scenario asks. Another refusal is an answer.
 */
export function mustBeChallenged(
  check: Check,
  { request, second, challenge }: Call,
  observed: MStoreObserved,
): void {
  const { status, exchange } = observed
  if (second !== null || status === null) return
  if (status < LEAST_REFUSAL) mustNotServe(check, request, observed)
  if (status !== UNAUTHORIZED) return
  check.fail({
    requirement: CHALLENGE_READABLE,
    thing: `challenge of ${request.operation}`,
    expected: 'a Digest challenge',
    got: challenge.kind === 'parse-error' ? challenge.reason : 'one',
    exchange,
  })
}

/** Asserts that a request without credentials was not served. */
export function mustNotServe(
  check: Check,
  request: WireRequest,
  { status, text, exchange }: MStoreObserved,
): void {
  if (!isAnonymous(request)) return
  check.that({
    requirement: CHALLENGED,
    thing: `status of ${request.operation} without credentials`,
    expected: '401',
    got: text,
    holds: !isSuccess(status),
    exchange,
  })
}
