import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import { documentedBsf, type BsfRules } from '#mocks/bsf/rulebook.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import { documentedAuthentication, type DigestRules } from './authentication.ts'
import { documentedBodies, type JsonBodyRules } from './bodies.ts'
import { documentedChallenge, type ChallengeRules } from './challenge.ts'
import { documentedChecks, type CheckRules } from './machine.ts'
import { documentedMailbox, type MailboxRules } from './mailbox-rulebook.ts'
import type { MStoreStatuses } from './outcomes.ts'
import { documentedPin, type PinRules } from './pin.ts'
import { documentedProfile, type ProfileRules } from './profile.ts'
import { documentedRoutes, type RouteRules } from './routes.ts'
import { documentedStatuses } from './statuses.ts'
import { documentedWire, type MStoreWireRules } from './wire.ts'

/**
 * Every choice and number by which the mStore behaves. A dialect and a fault are patches to it; the rules
 * themselves ask no other question. The documented values stand with the concept, each with its source.
 */
export interface MStoreRulebook extends MailboxRules {
  readonly status: MStoreStatuses
  readonly bodies: JsonBodyRules
  readonly challenge: ChallengeRules
  readonly authentication: DigestRules
  readonly routes: RouteRules
  readonly checks: CheckRules
  readonly profile: ProfileRules
  readonly pin: PinRules
  readonly wire: MStoreWireRules
  /** How connections begin. A fault of this is none of anything else. */
  readonly handshake: HandshakeRules
  /** How long the gateway waits for a server that does not answer, in ms. */
  readonly gatewayTimeoutMs: number
  /** How the bootstrapping server behaves that subscribers get their keys from. */
  readonly bsf: BsfRules
}

/** What differs from another rulebook. */
export type MStorePatch = Patch<MStoreRulebook>

/** The page, read to the letter. */
export const documented: MStoreRulebook = {
  ...documentedMailbox,
  status: documentedStatuses,
  bodies: documentedBodies,
  challenge: documentedChallenge,
  authentication: documentedAuthentication,
  routes: documentedRoutes,
  checks: documentedChecks,
  profile: documentedProfile,
  pin: documentedPin,
  wire: documentedWire,
  // MSTORE-TRANSPORT-01, MSTORE-TRANSPORT-05
  handshake: { acceptsPlainText: false, protocols: [] },
  gatewayTimeoutMs: 5,
  bsf: documentedBsf,
}
