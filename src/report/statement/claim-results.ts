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
  /** Why the run shows nothing, whatever it verified; null where nothing speaks against it. */
  readonly doubt: string | null
}

/** A run and how it was judged. */
type JudgedRun = Pick<NamedRun, 'run' | 'verdicts'>

/** What a run shows of each claim of its protocols, the least claim of a protocol first. */
export function claimResults({ run, verdicts }: JudgedRun): readonly ClaimResult[] {
  const doubt = doubtOf({ run, verdicts })
  return run.protocols.flatMap((protocol) => {
    const { claims, requirements } = loadRegister(protocol, run.dialect)
    const own = verdicts.requirements.filter(({ requirement }) => requirements.has(requirement.id))
    return CLAIMS.flatMap((claim) => {
      const asked = claims[claim]
      if (asked === undefined) return []
      const results = own.filter(({ requirement }) => isClaimed(requirement, asked))
      const lacking = results.filter(({ verdict }) => verdict !== 'verified')
      return [{ protocol, claim, sentence: asked.sentence, results, lacking, doubt }]
    })
  })
}

/**
 * Why a run shows nothing of its target: asked again, the target accepted everything, or Touchstone itself failed.
 * Null where it shows what it verified.
 */
export function doubtOf({ run, verdicts }: JudgedRun): string | null {
  return run.recheck ?? verdicts.harnessErrors[0] ?? null
}

/** Whether the run verified all that belongs to a claim, and nothing speaks against the run. */
export function isShown({ results, lacking, doubt }: ClaimResult): boolean {
  return doubt === null && results.length > 0 && lacking.length === 0
}
