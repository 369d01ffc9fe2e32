import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Counterexample } from '#explore/exploration.ts'
import { walkFeature, type WalkScenarioText } from '#explore/walk-feature.ts'
import { featureUri } from '../feature-files.ts'
import { parseFeature, type PlannedScenario } from '../features.ts'
import type { RunPlan } from '../run-plan.ts'
import { WALK_FEATURE, WALKS_FOLDER } from './earlier-walks.ts'
import type { ExploredTarget } from './explore-target.ts'

/** A feature that was written: its scenario, and its file as the user would name it. */
export interface SavedWalk {
  readonly scenario: PlannedScenario
  readonly file: string
}

/** Saves a counterexample as a scenario of its own file: `<requirement>-<hash>.feature`. */
export function saveCounterexample(
  { violated, steps, sequence, foundIn }: Counterexample,
  { operations }: Pick<ExploredTarget, 'operations'>,
  plan: Pick<RunPlan, 'reports' | 'seed'>,
): SavedWalk {
  const { requirement, thing, expected, got } = violated
  const digest = createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 8)
  return save(
    `${requirement}-${digest}`,
    {
      name: `${thing}: expected ${expected}, got ${got}`,
      requirements: [requirement],
      risks: risksOf(steps, operations),
      remarks: [
        `Found by touchstone explore, seed ${plan.seed}, sequence ${sequence}: ${foundIn} steps, made ${steps.length}.`,
        `Expected: ${expected}`,
        `Got: ${got}`,
      ],
      steps,
    },
    plan,
  )
}

/** Saves the sequence that kept the most requirements, as evidence of what walks do. */
export function saveSample(
  protocol: string,
  { exploration: { sample, sampleKept }, operations }: ExploredTarget,
  plan: Pick<RunPlan, 'reports' | 'seed'>,
): SavedWalk | null {
  if (sampleKept.length === 0) return null
  return save(
    `${protocol}-walk`,
    {
      name: `a walk of ${sample.length} steps through the ${protocol} server`,
      requirements: sampleKept,
      risks: risksOf(sample, operations),
      remarks: [`Of all sequences with the seed ${plan.seed} this one kept the most requirements.`],
      steps: sample,
    },
    plan,
  )
}

function risksOf(
  steps: Counterexample['steps'],
  operations: ExploredTarget['operations'],
): readonly string[] {
  const asked = new Set(steps.flatMap((step) => step.map(({ operation }) => operation)))
  const risks = operations.filter(({ name }) => asked.has(name)).flatMap((each) => each.risks)
  return [...new Set(risks)].filter((risk) => risk !== 'reads')
}

function save(name: string, scenario: WalkScenarioText, { reports }: Pick<RunPlan, 'reports'>): SavedWalk {
  const folder = join(reports.path, WALKS_FOLDER)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.feature`)
  const text = walkFeature(`${WALK_FEATURE}${scenario.requirements[0] ?? name}`, [scenario])
  writeFileSync(path, text)
  const [planned] = parseFeature(text, featureUri(realpathSync(path)))
  if (planned === undefined) throw new Error(`${path}: expected a scenario, wrote none`)
  return { scenario: planned, file: [reports.shown, WALKS_FOLDER, `${name}.feature`].join('/') }
}
