import { allocateAttachment, fetchPrekeys, queryDirectory } from '#driver/relay/operations.ts'
import type { RelayTarget } from '#driver/target.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { bare } from './asked.ts'
import { basePathCheck } from './base-path-check.ts'
import type { DoctorCheck } from './check.ts'
import { LIMITS_CHECK } from './limits-check.ts'
import { reachChecks } from './reach-checks.ts'
import { refusalsCheck } from './refusals-check.ts'
import { AUTHENTICATION_CHECK, CODE_CHECK, REACHABLE_CHECK } from './relay-account-checks.ts'
import {
  ATTACHMENTS_CHECK,
  DEVICES_CHECK,
  FEDERATION_CHECK,
  PUSHES_CHECK,
} from './relay-capability-checks.ts'
import type { RelayFacts } from './relay-facts.ts'

const NOBODY = { username: 'nobody', password: 'none' }
/** An unassigned number. */
const UNASSIGNED = '+12925550199'

/** Requests that a relay refuses to who has no account. */
const OPENING = bare(allocateAttachment(NOBODY))
const OPENINGS: readonly WireRequest[] = [
  OPENING,
  bare(fetchPrekeys(NOBODY, UNASSIGNED, 1)),
  bare(queryDirectory(NOBODY, [directoryToken(UNASSIGNED)])),
]

/** Answers of something that has no such path, or of what stands before a server. */
const NOT_THERE = [404, 405, 501, 502, 503, 504]

/** All that is looked at of a relay, in order. */
export const RELAY_CHECKS: readonly DoctorCheck<RelayTarget, RelayFacts>[] = [
  ...reachChecks<RelayTarget, RelayFacts>(() => OPENING),
  basePathCheck({
    requests: () => OPENINGS,
    isOwn,
  }),
  refusalsCheck(),
  CODE_CHECK,
  AUTHENTICATION_CHECK,
  REACHABLE_CHECK,
  PUSHES_CHECK,
  DEVICES_CHECK,
  ATTACHMENTS_CHECK,
  LIMITS_CHECK,
  FEDERATION_CHECK,
]

/** Whether something of the relay answered: a refusal that says no digest is asked for. */
function isOwn(answer: Answer): boolean {
  const isRefusal = answer.status >= 400 && !NOT_THERE.includes(answer.status)
  return isRefusal && !/digest/i.test(answer.header('WWW-Authenticate') ?? '')
}
