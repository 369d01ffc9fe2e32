import type { RulebookPatch } from './rulebook.ts'

/** The deployed relay: version 0.8 of the official server, as far as it differs from the page. */
export const deployed: RulebookPatch = {}
