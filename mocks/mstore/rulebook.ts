import type { Patch } from '#mocks/rules/patch.ts'
import { documentedBodies, type BodyRules } from './bodies.ts'
import type { Statuses } from './outcomes.ts'
import { documentedStatuses } from './statuses.ts'

/**
 * Every choice and number by which the mStore behaves. A dialect and a fault are patches to it; the rules
 * themselves ask no other question. The documented values stand with the concept, each with its source.
 */
export interface Rulebook {
  readonly status: Statuses
  readonly bodies: BodyRules
}

/** What differs from another rulebook. */
export type RulebookPatch = Patch<Rulebook>

/** The page, read to the letter. */
export const documented: Rulebook = {
  status: documentedStatuses,
  bodies: documentedBodies,
}
