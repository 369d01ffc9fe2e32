import { CLAIMS, isClaimed, type ClaimName } from '#protocol/claims.ts'
import { loadRegister } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'
import type { RequirementResult } from '#verdict/requirement-verdict.ts'
import type { NamedRun } from '../across/named-run.ts'

/** What a run shows of one claim. */
export interface ClaimResult {
  readonly protocol: Protocol
  readonly claim: ClaimName
  readonly sentence: string
  /** Every requirement that belongs to it, in the order of the register. */
  readonly results: readonly RequirementResult[]
  /** Those of them that the run did not verify: violated, known not to hold, or not checked. */
  readonly lacking: readonly RequirementResult[]
}

/** What a run shows of each claim of its protocols, the least claim of a protocol first. */
export function claimResults({ run, verdicts }: Pick<NamedRun, 'run' | 'verdicts'>): readonly ClaimResult[] {
  return run.protocols.flatMap((protocol) => {
    const { claims, requirements } = loadRegister(protocol, run.dialect)
    const own = verdicts.requirements.filter(({ requirement }) => requirements.has(requirement.id))
    return CLAIMS.map((claim) => {
      const results = own.filter(({ requirement }) => isClaimed(requirement, claims[claim]))
      const lacking = results.filter(({ verdict }) => verdict !== 'verified')
      return { protocol, claim, sentence: claims[claim].sentence, results, lacking }
    })
  })
}

/** Whether the run verified all that belongs to a claim. */
export function isShown({ results, lacking }: ClaimResult): boolean {
  return results.length > 0 && lacking.length === 0
}
