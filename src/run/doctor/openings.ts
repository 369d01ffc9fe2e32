import { allocateAttachment } from '#driver/relay/operations.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { Answer } from '#driver/wire-client.ts'
import { bare } from './asked.ts'

/** An unassigned number. */
export const UNASSIGNED = '+12925550199'

/** Credentials of no account. */
export const UNKNOWN_CREDENTIALS = { username: 'nobody', password: 'none' }

/** A place for an attachment without credentials, which a relay refuses (relay spec, Allocating an attachment). */
export const RELAY_OPENING = bare(allocateAttachment(UNKNOWN_CREDENTIALS))

/** A profile without credentials, which an mStore challenges (mStore spec, Authentication). */
export const MSTORE_OPENING = getProfile(UNASSIGNED)

/** Whether an mStore answered: it asks for a digest. */
export function isChallenge(answer: Answer): boolean {
  return answer.status === UNAUTHORIZED && asksForDigest(answer)
}

/** Whether a relay answered: a refusal of its own, which asks for no digest. */
export function isRelayRefusal(answer: Answer): boolean {
  return answer.status >= 400 && !NOT_THERE.includes(answer.status) && !asksForDigest(answer)
}

const UNAUTHORIZED = 401
/** Answers of something that has no such path, or of what stands before a server. */
const NOT_THERE = [404, 405, 501, 502, 503, 504]

function asksForDigest(answer: Answer): boolean {
  return /digest/i.test(answer.header('WWW-Authenticate') ?? '')
}
