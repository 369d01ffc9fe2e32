import type { Target } from '#driver/target.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { Risk } from '#protocol/requirements.ts'

/** Throws a UsageError where the target does not allow one of the risks; `what` has them: `exchange-7`. */
export function refuseRisks(what: string, risks: readonly Risk[], { allow }: Pick<Target, 'allow'>): void {
  const refused = risks.filter((risk) => !allow.includes(risk))
  if (refused.length > 0)
    throw new UsageError(
      `${what}: expected a target that allows ${refused.join(', ')}, got one that allows ${allow.join(', ')}; --allow ${[...allow, ...refused].join(',')} opens it`,
    )
}
