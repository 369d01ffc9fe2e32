import { area, loadRegister } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { RequirementResult } from '#verdict/requirement-verdict.ts'

/** The areas of which requirements are violated, in words: `message submission (1 of 43 checked)`, in the order of the register. */
export function violatedAreas(requirements: readonly RequirementResult[]): readonly string[] {
  return PROTOCOLS.flatMap((protocol) => {
    const own = requirements.filter(({ requirement: { id } }) => id.startsWith(`${protocol.toUpperCase()}-`))
    if (own.length === 0) return []
    return Object.entries(loadRegister(protocol).areas).flatMap(([name, words]) => {
      const checked = own.filter(
        ({ requirement, verdict }) => area(requirement.id) === name && verdict !== 'not-verified',
      )
      const violated = checked.filter(({ verdict }) => verdict === 'violated')
      return violated.length === 0 ? [] : [`${words} (${violated.length} of ${checked.length} checked)`]
    })
  })
}
