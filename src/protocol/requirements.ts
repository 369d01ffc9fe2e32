/** The protocols the harness knows. */
export const PROTOCOLS = ['relay', 'mstore'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** What a scenario does to a live system, mildest first. */
export const RISKS = ['reads', 'writes', 'sends', 'destroys', 'exhausts', 'slow'] as const
export type Risk = (typeof RISKS)[number]
