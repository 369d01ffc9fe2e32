import { foreseenSkip, foreseenWaitMs } from '#driver/foreseen.ts'
import { gate, obstacles, risksOf } from '#driver/gate.ts'
import type { Target } from '#driver/target.ts'
import type { Skip } from '#evidence/step-evidence.ts'
import type { Requirement } from '#protocol/register.ts'
import type { Protocol, Risk } from '#protocol/requirements.ts'
import type { PlannedScenario } from '#run/features.ts'
import { requestsOf, type RequestCounts } from '#run/request-figures.ts'

/** A scenario of a plan: what it verifies, what it does, and why it would be skipped (null: it would run). */
export interface PlannedRow extends Pick<PlannedScenario, 'uri' | 'line' | 'name' | 'feature' | 'rule'> {
  readonly requirements: readonly string[]
  readonly risks: readonly Risk[]
  readonly skip: Skip | null
  /** All that it needs and has not, the reason for the skip among it. */
  readonly missing: readonly Skip[]
  /** What it is known to send to a mock; null where that is not known. */
  readonly requests: RequestCounts | null
  /** Milliseconds that it lets a limiter refill. */
  readonly waitMs: number
}

/** What a plan is made with: the target of each protocol, and the requirements by id. */
export interface PlanSetting {
  readonly targets: ReadonlyMap<Protocol, Target>
  readonly requirements: ReadonlyMap<string, Requirement>
}

/** What is known of a scenario before it runs. */
export function plannedRow(
  scenario: PlannedScenario,
  { targets, requirements: register }: PlanSetting,
): PlannedRow {
  const { protocol, uri, line, name, feature, rule, tags, steps = [] } = scenario
  const target = protocol === null ? undefined : targets.get(protocol)
  if (target === undefined) throw new Error(`${uri}: expected a feature of a protocol that is verified`)
  const requirements = tags.flatMap((tag) => register.get(tag) ?? [])
  const skip = gate(requirements, tags, target) ?? foreseenSkip(steps, target)
  const inTheWay = obstacles(requirements, tags, target)
  return {
    ...{ uri, line, name, feature, rule },
    requirements: requirements.map(({ id }) => id),
    risks: risksOf(requirements, tags),
    skip,
    missing: inTheWay.length > 0 || skip === null ? inTheWay : [skip],
    requests: requestsOf(scenario),
    waitMs: foreseenWaitMs(steps, target),
  }
}
