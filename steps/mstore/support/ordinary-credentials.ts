import { digestPlan } from '#driver/mstore/digest-deviations.ts'
import type { DigestPlan } from '#driver/mstore/digest-plan.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { acceptedInstead } from './accepted-instead.ts'
import type { Mailbox } from './mailbox.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'

const UNAUTHORIZED = 401
/** That the response is the one the formula gives. */
const RIGHT_RESPONSE = 'MSTORE-AUTH-26'
/** That the profile can be read. */
const PROFILE = 'MSTORE-PROFILE-01'
/** That a response made with another key is refused. */
const WRONG_KEY = 'MSTORE-AUTH-27'

/**
 * Asserts that anything is served: the profile, to that subscriber. Where every request fails alike, what the
 * scenario is about may be the cause, which `shares` says: then it stays that, unless a wrong request is accepted instead.
 */
export async function assertProfileServed(
  session: MStoreSession,
  mailbox: Mailbox,
  shares: boolean,
): Promise<void> {
  const request = getProfile(mailbox.msisdn)
  const observed = await session.ask(request, mailbox, { plan: strictPlan(session.target) })
  if (isSuccess(observed.status)) return
  const instead = await acceptedInstead(session.node, mailbox)
  if (instead === null && shares) return
  const basic = observed.status === UNAUTHORIZED ? RIGHT_RESPONSE : PROFILE
  await session.mustHaveSucceeded({ request, mailbox, observed }, instead ?? basic)
}

/** A password that differs in the two alphabets of Base64, where one can be had; some servers take the rest by chance. */
function strictPlan({ capabilities: { gba } }: MStoreTarget): DigestPlan {
  return digestPlan(gba?.kind === 'fixed' ? 'right' : 'password in the standard alphabet')
}

/** Whether a digest was accepted that is made with a wrong key, a wrong password or for another method. */
export function hadWrongDigestAccepted({ latest }: MStoreSession): boolean {
  const { password, derivation, otherKey, method, altered } = latest?.plan ?? {}
  const isWrong = [password, derivation, otherKey, method, altered].some((given) => given !== undefined)
  return isWrong && isSuccess(latest?.observed.status ?? null)
}

/** Asserts that a key counts at all, by a request for the profile: else each wrong one would be a mistake of its own. */
export async function assertKeyCounts(session: MStoreSession, mailbox: Mailbox): Promise<void> {
  const { check } = session
  if ([RIGHT_RESPONSE, WRONG_KEY].includes(check.requirement)) return
  const plan = digestPlan('another key')
  const { status, text, exchange } = await session.ask(getProfile(mailbox.msisdn), mailbox, { plan })
  check.that({
    requirement: WRONG_KEY,
    thing: 'status of GET /vvmserviceProfile with a digest of another key',
    expected: session.refusal.text,
    got: text,
    holds: !isSuccess(status),
    exchange,
  })
}
