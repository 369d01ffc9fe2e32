import type { Patch } from '#mocks/rules/patch.ts'
import { documentedAuthentication, type AuthenticationRules } from './authentication.ts'
import { documentedBodies, type BodyRules } from './bodies.ts'
import { documentedChallenge, type ChallengeRules } from './challenge.ts'
import type { Statuses } from './outcomes.ts'
import { documentedStatuses } from './statuses.ts'

/**
 * Every choice and number by which the mStore behaves. A dialect and a fault are patches to it; the rules
 * themselves ask no other question. The documented values stand with the concept, each with its source.
 */
export interface Rulebook {
  readonly status: Statuses
  readonly bodies: BodyRules
  readonly challenge: ChallengeRules
  readonly authentication: AuthenticationRules
}

/** What differs from another rulebook. */
export type RulebookPatch = Patch<Rulebook>

/** The page, read to the letter. */
export const documented: Rulebook = {
  status: documentedStatuses,
  bodies: documentedBodies,
  challenge: documentedChallenge,
  authentication: documentedAuthentication,
}
