import { fetchPrekeys, queryDirectory, sendMessages } from '#driver/relay/operations.ts'
import type { RelayTarget } from '#driver/target.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { bare } from './asked.ts'
import { basePathCheck } from './base-path-check.ts'
import type { DoctorCheck } from './check.ts'
import {
  isChallenge,
  isRelayRefusal,
  MSTORE_OPENING,
  UNKNOWN_CREDENTIALS,
  RELAY_OPENING,
  UNASSIGNED,
} from './openings.ts'
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

/** Requests that a relay refuses to who has no account. */
const OPENINGS: readonly WireRequest[] = [
  RELAY_OPENING,
  bare(fetchPrekeys(UNKNOWN_CREDENTIALS, UNASSIGNED, 1)),
  bare(queryDirectory(UNKNOWN_CREDENTIALS, [directoryToken(UNASSIGNED)])),
  bare(sendMessages(UNKNOWN_CREDENTIALS, UNASSIGNED, { messages: [] })),
]

/** All that is looked at of a relay, in order. */
export const RELAY_CHECKS: readonly DoctorCheck<RelayTarget, RelayFacts>[] = [
  ...reachChecks<RelayTarget, RelayFacts>(() => RELAY_OPENING),
  basePathCheck({
    requests: () => OPENINGS,
    isOwn: isRelayRefusal,
    other: { protocol: 'mstore', request: MSTORE_OPENING, isOwn: isChallenge },
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
