import { risksOf } from '#driver/gate.ts'
import type { Target } from '#driver/target.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { isRequirementId, loadRegister } from '#protocol/register.ts'
import type { Risk } from '#protocol/requirements.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { loadFeatures } from '../features.ts'

/** Throws a UsageError where the target does not allow one of the risks; `what` has them: `exchange-7`. */
export function refuseRisks(what: string, risks: readonly Risk[], { allow }: Pick<Target, 'allow'>): void {
  const refused = risks.filter((risk) => !allow.includes(risk))
  if (refused.length > 0)
    throw new UsageError(
      `${what}: expected a target that allows ${refused.join(', ')}, got one that allows ${allow.join(', ')}; --allow ${[...allow, ...refused].join(',')} opens it`,
    )
}

/** Throws a UsageError where the target does not allow what the scenario of an exchange does: the exchange may be any of it. */
export function refuseScenario({ uri, line, requirements, protocol }: ScenarioResult, target: Target): void {
  const register = loadRegister(target.protocol).requirements
  const rows = requirements.flatMap((id) => (isRequirementId(id) ? (register.get(id) ?? []) : []))
  const ours =
    protocol === null
      ? undefined
      : loadFeatures(protocol).find(({ location }) => location === `${uri}:${line}`)
  const tags = ours?.tags ?? (['writes', 'sends'] satisfies Risk[])
  refuseRisks(`${uri}:${line}`, risksOf(rows, tags), target)
}
