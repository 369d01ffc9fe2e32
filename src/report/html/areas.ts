import { area } from '#protocol/register.ts'
import type { RequirementResult } from '#verdict/requirement-verdict.ts'

/** The requirements of one area of one protocol, with what was seen of them. */
export interface AreaResults {
  /** `RELAY-MESSAGE`; part of ids in the page. */
  readonly area: string
  readonly results: readonly RequirementResult[]
}

/** Requirements by area, in the order of the register. */
export function resultsByArea(requirements: readonly RequirementResult[]): readonly AreaResults[] {
  const areas = new Map<string, RequirementResult[]>()
  for (const result of requirements) {
    const { id } = result.requirement
    const [protocol = ''] = id.split('-')
    const name = `${protocol}-${area(id)}`
    areas.set(name, [...(areas.get(name) ?? []), result])
  }
  return [...areas].map(([name, results]) => ({ area: name, results }))
}
