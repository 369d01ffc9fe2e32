import type { ExploreOptions } from '#explore/exploration.ts'

/** How the servers of a run are walked; the seed is that of the run. */
export type ExploreRequest = Omit<ExploreOptions, 'seed'>
