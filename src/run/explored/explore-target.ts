import type { Target, Targets } from '#driver/target.ts'
import type { RequestBudget } from '#driver/request-budget.ts'
import { Ledger } from '#driver/ledger.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { Exploration, ExploreOptions, WalkProgress } from '#explore/exploration.ts'
import { explore } from '#explore/explore.ts'
import type { ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'
import type { Protocol, Risk } from '#protocol/requirements.ts'
import { Check } from '#steps/shared/support/check.ts'
import { EvidenceRecorder } from '#steps/shared/support/evidence-recorder.ts'
import { Permit } from '#steps/shared/support/permit.ts'
import { openerOf } from '#steps/shared/support/open-walk.ts'
import { seededRandomness } from '#steps/shared/support/randomness.ts'
import type { ScenarioServices } from '#steps/shared/support/scenario-services.ts'

/** A server that is to be walked, among the targets of its run, and how. */
export interface TargetExploration {
  readonly protocol: Protocol
  readonly targets: Targets
  /** From which numbers, passwords and keys follow. */
  readonly salt: string
  readonly options: ExploreOptions
  /** What may be spent; absent where nothing bounds the walks. */
  readonly budget?: RequestBudget | undefined
  /** The path of the ledger; absent where the server does not outlive the run. */
  readonly ledger?: string | undefined
}

/** What an exploration takes from outside. */
export interface ExploreSurroundings {
  readonly interrupted: AbortSignal
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly onWalk?: ((progress: WalkProgress) => void) | undefined
}

/** What of a model is said beside what came of its walks. */
export interface ExploredModel {
  readonly name: string
  readonly risks: readonly Risk[]
  readonly situations: readonly string[]
}

/** An exploration, and the operations that its model has, as far as the target allows them. */
export interface ExploredTarget {
  readonly exploration: Exploration
  readonly operations: readonly ExploredModel[]
}

/** Walks a target. Operations that do what it does not allow are never asked. */
export function exploreTarget(
  { protocol, targets, salt, options, budget, ledger }: TargetExploration,
  { interrupted, now, onWalk = () => undefined }: ExploreSurroundings,
): Promise<ExploredTarget> {
  return openerOf(protocol, async (open) => {
    const opened = (key: string) => {
      const services = servicesOf({ targets, budget, ledger }, `${salt}:${key}`)
      const { model, server } = open(services)
      const putBack = () => {
        services.permit.lift()
        return server.putBack()
      }
      return { model, server: { ...server, putBack } }
    }
    const model = allowedPart(opened(options.seed).model, targets[protocol])
    const exploration = await explore(
      { model, open: (key) => opened(key).server, now, interrupted, onWalk },
      options,
    )
    const operations = model.operations.map(({ name, risks, situations }) => ({
      name,
      risks,
      situations,
    }))
    return { exploration, operations }
  })
}

/** The model without the operations that do what the target does not allow. */
function allowedPart<State, Answer extends Seen>(
  model: ProtocolModel<State, Answer>,
  target: Target | null,
): ProtocolModel<State, Answer> {
  const isAllowed = ({ risks }: ModelOperation<State, Answer>): boolean =>
    risks.every((risk) => risk === 'reads' || target?.allow.includes(risk) === true)
  const weightless = (operation: ModelOperation<State, Answer>): ModelOperation<State, Answer> => ({
    ...operation,
    weight: () => 0,
    applies: () => false,
  })
  const operations = model.operations.map((each) => (isAllowed(each) ? each : weightless(each)))
  return { ...model, operations }
}

/** What one walk is made of. Its exchanges are not kept: a sequence that matters is made again as a scenario. */
function servicesOf(
  { targets, budget, ledger: path }: Pick<TargetExploration, 'targets' | 'budget' | 'ledger'>,
  key: string,
): ScenarioServices {
  const recorder = new EvidenceRecorder({ keepsExchanges: false })
  recorder.begin()
  const secrets = secretsOf(Object.values(targets))
  const check = new Check(recorder, 'walk', (text) => secrets.redact(text))
  const permit = new Permit(budget ?? null)
  const ledger = path === undefined ? undefined : new Ledger(path)
  return { check, permit, ledger, recorder, secrets, random: seededRandomness(key), targets }
}
