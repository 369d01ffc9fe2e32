import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import { documentedBsf, type BsfRules } from '#mocks/bsf/rulebook.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import { documentedAuthentication, type DigestRules } from './authentication.ts'
import { documentedChallenge, type ChallengeRules } from './challenge.ts'
import { documentedChecks, type CheckRules } from './checks.ts'
import { documentedConsequences, type MStoreConsequences } from './consequences.ts'
import { documentedMailbox, type MailboxRules } from './mailbox-rulebook.ts'
import { documentedStatuses, type MStoreStatuses } from './outcomes.ts'
import { documentedRoutes, type RouteRules } from './routes.ts'
import { documentedWire, type MStoreWireRules } from './wire.ts'

/**
 * Every choice and number by which the mStore behaves. A dialect and a fault are patches to it. The documented
 * values stand with the concept, each with its source.
 */
export interface MStoreRulebook extends MailboxRules {
  readonly status: MStoreStatuses
  readonly challenge: ChallengeRules
  readonly authentication: DigestRules
  readonly routes: RouteRules
  readonly checks: CheckRules
  readonly consequences: MStoreConsequences
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

/** The mStore spec, read to the letter. */
export const documented: MStoreRulebook = {
  ...documentedMailbox,
  status: documentedStatuses,
  challenge: documentedChallenge,
  authentication: documentedAuthentication,
  routes: documentedRoutes,
  checks: documentedChecks,
  consequences: documentedConsequences,
  wire: documentedWire,
  // MSTORE-TRANSPORT-01, MSTORE-TRANSPORT-05
  handshake: { acceptsPlainText: false, protocols: [] },
  gatewayTimeoutMs: 5,
  bsf: documentedBsf,
}
