import type { Capability, Risk } from './requirements.ts'

/** What can be claimed of a server, each more than the one before; the register of a protocol says which it has and what belongs to them. */
export const CLAIMS = ['reads', 'core', 'full'] as const

/** The name of a claim. */
export type ClaimName = (typeof CLAIMS)[number]

/** What belongs to a claim, as the register has it. */
export interface Claim {
  /** What who makes it says of a server. */
  readonly sentence: string
  readonly levels: readonly string[]
  /** What a run that shows it may do to a live system, and no more. */
  readonly risks: readonly Risk[]
  /** What a server need not offer to make it. */
  readonly without: readonly Capability[]
}

/** The claims that a register defines; one to which no requirement would belong is left out. */
export type Claims = Readonly<Partial<Record<ClaimName, Claim>>>

/** What of a requirement decides whether it belongs to a claim. */
interface Claimable {
  readonly level: string
  readonly binds: string
  readonly risks: readonly Risk[]
  readonly needs: readonly Capability[]
  readonly untestable: string | null
}

/** Whether a server that makes the claim is held to this requirement: its answers must be able to show it. */
export function isClaimed(requirement: Claimable, claim: Claim): boolean {
  const { level, binds, risks, needs, untestable } = requirement
  return (
    claim.levels.includes(level) &&
    (binds === 'server' || binds === 'both') &&
    untestable === null &&
    risks.every((risk) => claim.risks.includes(risk)) &&
    !needs.some((need) => claim.without.includes(need))
  )
}
