import type { TakenApart } from '#evidence/taken-apart.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'

/** What a scenario took apart of an exchange; with null, of what came by another way. */
export function takenApartOf(
  { steps }: Pick<ScenarioResult, 'steps'>,
  exchange: string | null,
): readonly TakenApart[] {
  return steps.flatMap(({ evidence }) =>
    evidence.flatMap(({ takenApart = [] }) => takenApart.filter((one) => one.exchange === exchange)),
  )
}
