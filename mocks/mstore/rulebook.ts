import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import { documentedBsf, type BsfRules } from '#mocks/bsf/rulebook.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import { documentedAuthentication, type AuthenticationRules } from './authentication.ts'
import { documentedBodies, type BodyRules } from './bodies.ts'
import { documentedChallenge, type ChallengeRules } from './challenge.ts'
import { documentedChecks, type CheckRules } from './machine.ts'
import { documentedMailbox, type MailboxRules } from './mailbox-rulebook.ts'
import type { Statuses } from './outcomes.ts'
import { documentedPin, type PinRules } from './pin.ts'
import { documentedProfile, type ProfileRules } from './profile.ts'
import { documentedRoutes, type RouteRules } from './routes.ts'
import { documentedStatuses } from './statuses.ts'
import { documentedWire, type WireRules } from './wire.ts'

/**
 * Every choice and number by which the mStore behaves. A dialect and a fault are patches to it; the rules
 * themselves ask no other question. The documented values stand with the concept, each with its source.
 */
export interface Rulebook extends MailboxRules {
  readonly status: Statuses
  readonly bodies: BodyRules
  readonly challenge: ChallengeRules
  readonly authentication: AuthenticationRules
  readonly routes: RouteRules
  readonly checks: CheckRules
  readonly profile: ProfileRules
  readonly pin: PinRules
  readonly wire: WireRules
  /** How connections begin. A fault of this is none of anything else. */
  readonly handshake: HandshakeRules
  /** How long the gateway waits for a server that does not answer, in ms. */
  readonly gatewayTimeoutMs: number
  /** How the bootstrapping server behaves that subscribers get their keys from. */
  readonly bsf: BsfRules
}

/** What differs from another rulebook. */
export type RulebookPatch = Patch<Rulebook>

/** The page, read to the letter. */
export const documented: Rulebook = {
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
