import { gate, needsOf } from '#driver/gate.ts'
import type { Pace } from '#driver/pace.ts'
import { BudgetSpent } from '#driver/request-budget.ts'
import type { Target } from '#driver/target.ts'
import { isRequirementId, loadRegister } from '#protocol/register.ts'
import type { Capability } from '#protocol/requirements.ts'
import type { PlannedScenario } from '../features.ts'

/** What is known of a run before what its target file says is tried. */
export interface TrialSetting {
  readonly scenarios: readonly PlannedScenario[]
  readonly seed: string
  /** Whether the seed was chosen: then an earlier run may have had the same. */
  readonly isSeedChosen: boolean
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly pace?: Pace
}

/** What a trial found. */
export interface TrialResult {
  /** A line for each mistake of the target file, by the capability that it is about. */
  readonly mistakes: Readonly<Partial<Record<Capability, string>>>
  /** The seed of what the scenarios draw: another than the run's where an earlier run has used that. */
  readonly seed: string
}

/** Whether a scenario that may run against the target needs that capability. */
export function isNeeded(capability: Capability, target: Target, { scenarios }: TrialSetting): boolean {
  const { requirements } = loadRegister(target.protocol)
  return scenarios.some(({ protocol, tags }) => {
    if (protocol !== target.protocol) return false
    const rows = tags.flatMap((tag) => (isRequirementId(tag) ? (requirements.get(tag) ?? []) : []))
    return needsOf(rows, tags).includes(capability) && gate(rows, tags, target) === null
  })
}

/** What fails in a trial leaves it open; a budget that is spent ends the run, and is thrown again. */
export function openUnlessSpent(error: unknown): null {
  if (error instanceof BudgetSpent) throw error
  return null
}
