import { getProfile } from '#driver/mstore/operations.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { basePathCheck } from './base-path-check.ts'
import { BOOTSTRAP_CHECK } from './bootstrap-check.ts'
import type { DoctorCheck } from './check.ts'
import { AUTHENTICATION_CHECK, GREETING_CHECK, PIN_CHECK, VOICEMAIL_CHECK } from './mailbox-checks.ts'
import type { MStoreFacts } from './mstore-facts.ts'
import { isChallenge, isRelayRefusal, MSTORE_OPENING, RELAY_OPENING } from './openings.ts'
import { NAF_CHECK } from './naf-check.ts'
import { reachChecks } from './reach-checks.ts'
import { refusalsCheck } from './refusals-check.ts'

/** A profile without credentials, which is challenged (mStore spec, Authentication). */
function opening({ mailbox }: MStoreTarget) {
  return mailbox === null ? MSTORE_OPENING : getProfile(mailbox)
}

/** All that is looked at of an mStore, in order. */
export const MSTORE_CHECKS: readonly DoctorCheck<MStoreTarget, MStoreFacts>[] = [
  ...reachChecks<MStoreTarget, MStoreFacts>(opening),
  basePathCheck({
    requests: (target) => [opening(target)],
    isOwn: isChallenge,
    other: { protocol: 'relay', request: RELAY_OPENING, isOwn: isRelayRefusal },
  }),
  refusalsCheck(),
  NAF_CHECK,
  BOOTSTRAP_CHECK,
  AUTHENTICATION_CHECK,
  VOICEMAIL_CHECK,
  GREETING_CHECK,
  PIN_CHECK,
]
