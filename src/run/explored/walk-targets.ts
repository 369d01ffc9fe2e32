import type { Targets } from '#driver/target.ts'
import type { WalkRecord } from '#evidence/walk-record.ts'
import type { WalkProgress } from '#explore/exploration.ts'
import type { Protocol } from '#protocol/requirements.ts'
import type { PlannedScenario } from '../features.ts'
import type { RunPlan } from '../run-plan.ts'
import { removeEarlierWalks } from './earlier-walks.ts'
import type { ExploreRequest } from './explore-request.ts'
import { exploreTarget, type ExploredTarget, type ExploreSurroundings } from './explore-target.ts'
import { saveCounterexample, saveSample, type SavedWalk } from './save-walks.ts'

/** A run whose servers are walked. */
interface WalkedRun {
  readonly plan: RunPlan
  readonly request: ExploreRequest
  readonly targets: Targets
  /** From which numbers, passwords and keys follow. */
  readonly salt: string
}

/** What walks add to a run: their records, and the scenarios that show what they found. */
interface WalkedTargets {
  readonly walks: readonly WalkRecord[]
  readonly scenarios: readonly PlannedScenario[]
}

/** Walks the targets of a run one after the other, and saves what the walks found as scenarios. */
export async function walkTargets(
  { plan, request, targets, salt }: WalkedRun,
  surroundings: Omit<ExploreSurroundings, 'onWalk'> & {
    readonly onWalk?: ((protocol: Protocol, progress: WalkProgress) => void) | undefined
  },
): Promise<WalkedTargets> {
  removeEarlierWalks(plan)
  const walks: WalkRecord[] = []
  const scenarios: PlannedScenario[] = []
  const protocols = Object.values(targets).flatMap((target) => (target === null ? [] : [target.protocol]))
  for (const protocol of protocols) {
    const startedAt = surroundings.now()
    const explored = await exploreTarget(
      {
        protocol,
        targets,
        salt,
        options: { ...request, seed: plan.seed },
        budget: plan.budget,
        ledger: plan.ledger,
      },
      { ...surroundings, onWalk: (progress) => surroundings.onWalk?.(protocol, progress) },
    )
    const counterexamples = explored.exploration.counterexamples.map((each) => ({
      ...each,
      saved: saveCounterexample(each, explored, plan),
    }))
    const sample = saveSample(protocol, explored, plan)
    walks.push(
      walkRecord(
        { protocol, seed: plan.seed, durationMs: surroundings.now() - startedAt },
        explored,
        counterexamples,
      ),
    )
    scenarios.push(
      ...[...counterexamples.map(({ saved }) => saved), sample].flatMap((saved) =>
        saved === null ? [] : [saved.scenario],
      ),
    )
  }
  return { walks, scenarios }
}

function walkRecord(
  about: Pick<WalkRecord, 'protocol' | 'seed' | 'durationMs'>,
  { exploration, operations }: ExploredTarget,
  counterexamples: readonly (ExploredTarget['exploration']['counterexamples'][number] & {
    readonly saved: SavedWalk
  })[],
): WalkRecord {
  const { sequences, asks, reached, inconclusive, leftBehind } = exploration
  return {
    ...about,
    sequences,
    asks,
    reached,
    neverReached: unreached(operations, reached),
    counterexamples: counterexamples.map(({ violated, saved, steps, foundIn, sequence }) => ({
      requirement: violated.requirement,
      thing: violated.thing,
      expected: violated.expected,
      got: violated.got,
      location: saved.scenario.location,
      file: saved.file,
      steps: steps.length,
      foundIn,
      sequence,
    })),
    inconclusive,
    leftBehind,
  }
}

function unreached(
  operations: ExploredTarget['operations'],
  reached: WalkRecord['reached'],
): WalkRecord['neverReached'] {
  return operations.flatMap(({ name, situations }) => {
    const seen = new Set(
      reached
        .filter(({ operation }) => operation === name)
        .map(({ situation }) => situation.replace(/, at once$/, '')),
    )
    const missing = situations.filter((situation) => !seen.has(situation))
    return missing.length === 0 ? [] : [{ operation: name, situations: missing }]
  })
}
