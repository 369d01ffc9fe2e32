import type { Writable } from 'node:stream'
import type { Envelope } from '@cucumber/messages'
import { BudgetSpent } from '#driver/request-budget.ts'
import { redactorOf } from '#driver/target-secrets.ts'
import type { Target } from '#driver/target.ts'
import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { WalkProgress } from '#explore/exploration.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { Permit } from '#steps/shared/support/permit.ts'
import { executeFeatures, type WorldParameters } from './cucumber.ts'
import { executeBeside } from './execute-beside.ts'
import { walkTargets } from './explored/walk-targets.ts'
import { inMidst } from './midst.ts'
import { byProtocol } from './targets/by-protocol.ts'
import { withDividedRate, withOwnRate } from './targets/divided-rate.ts'
import { formatOf } from './targets/formats.ts'
import { preflight, recheck } from './targets/preflight.ts'
import { startTargets, type RunningTargets } from './targets/start-targets.ts'
import { beginRecord, budgetRecord, protocolsOf, selectionOf, type RunPlan } from './run-plan.ts'

/** What a run takes from outside. */
export interface RunSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stderr: Writable
  /** Aborted when the run is to end after the running scenario. */
  readonly interrupted: AbortSignal
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Letters and digits that no other run uses. */
  readonly nonce: string
  readonly node: string
  readonly platform: string
  /** Called once, when the targets are known and nothing has been sent yet. */
  readonly onStart: (run: RunRecord) => void
  /** Handed every message as it comes. */
  readonly onMessage: (envelope: Envelope) => void
  /** Called after each walk through a server. */
  readonly onWalk?: ((protocol: Protocol, progress: WalkProgress) => void) | undefined
  /** How scenarios are run; by cucumber unless another way is given. */
  readonly executeFeatures?: typeof executeFeatures
  /** How the targets of a plan come to be there; by default the bundled mocks among them are started. */
  readonly start?: StartTargets
}

/** Gives the targets of a run that has this seed. */
export type StartTargets = (targets: RunPlan['targets'], seed: string) => Promise<RunningTargets>

/**
 * Starts the bundled mocks where no server was named, checks the targets and executes the scenarios. Gives
 * the record; what was observed has gone to `onMessage`. What goes wrong in the harness is part of the
 * record. Whatever was started is closed.
 */
export async function execute(plan: RunPlan, surroundings: RunSurroundings): Promise<RunRecord> {
  const startedAt = surroundings.now()
  const { targets, errors, close } = await (surroundings.start ?? startTargets)(plan.targets, plan.seed)
  try {
    const begun = beginRecord(plan, {
      targets,
      startedAt,
      node: surroundings.node,
      platform: surroundings.platform,
    })
    surroundings.onStart(begun)
    const events = await executed({ plan, targets }, surroundings)
    const finishedAt = surroundings.now()
    return {
      ...begun,
      ...events,
      ...budgetRecord(plan),
      harnessErrors: [...events.harnessErrors, ...errors()],
      interrupted: surroundings.interrupted.aborted,
      finishedAt: new Date(finishedAt).toISOString(),
      durationMs: finishedAt - startedAt,
    }
  } finally {
    await close()
  }
}

async function executed(
  { plan, targets }: { readonly plan: RunPlan; readonly targets: readonly Target[] },
  surroundings: RunSurroundings,
): Promise<
  Pick<RunRecord, 'preflight' | 'harnessErrors'> &
    Partial<Pick<RunRecord, 'recheck' | 'mistakes' | 'walks' | 'selection'>>
> {
  const redact = redactorOf(targets)
  try {
    const objection = await firstObjection({ plan, targets }, surroundings)
    if (objection !== null) return { preflight: printable(redact(objection)), harnessErrors: [] }
    const tried = await trials({ plan, targets }, surroundings)
    const mistakes = tried.flatMap(({ target }) => Object.values(target.mistakes ?? {}))
    const parameters = {
      targets: await byProtocol(tried.map(({ target }) => target)),
      seed: tried.map(({ seed }) => seed).find((seed) => seed !== plan.seed) ?? plan.seed,
      ...(plan.budget === undefined ? {} : { budget: plan.budget }),
      ...(plan.ledger === undefined ? {} : { ledger: plan.ledger }),
    }
    const { walks, scenarios } = await walked(plan, parameters, surroundings)
    const selected = [...scenarios, ...plan.selection.scenarios].map(({ location }) => location)
    const shared = targets.map((target) => withOwnRate(target, plan.parallel))
    const asked = { scenarios: selected.length, failFast: plan.failFast, nonce: surroundings.nonce }
    const midst = inMidst(asked, (scenario) =>
      laterDoubt({ plan, targets: shared, when: `while scenario ${scenario} ran` }, surroundings),
    )
    await executeBeside(surroundings.executeFeatures ?? executeFeatures, {
      run: {
        ...plan,
        ...surroundings,
        scenarios: selected,
        further: scenarios.map(({ uri }) => uri),
        protocols: protocolsOf(plan),
        parameters: { ...parameters, targets: withDividedRate(parameters.targets, plan.parallel) },
        onMessage: (envelope) => {
          midst.onMessage(envelope)
          surroundings.onMessage(envelope)
        },
      },
      planned: plan.selection.scenarios,
      targets: parameters.targets,
      selection: plan.selection,
    }).finally(midst.ended)
    const doubt =
      (await midst.doubt()) ??
      (await laterDoubt({ plan, targets, when: 'after the scenarios' }, surroundings))
    return {
      preflight: null,
      harnessErrors: [],
      ...(doubt === null ? {} : { recheck: printable(redact(doubt)) }),
      ...(mistakes.length === 0 ? {} : { mistakes }),
      ...(walks.length === 0 ? {} : { walks, selection: { ...selectionOf(plan), scenarios: selected } }),
    }
  } catch (error) {
    // Not even the checks before the run were within its budget: of the scenarios none throws this.
    if (error instanceof BudgetSpent) return { preflight: error.message, harnessErrors: [] }
    return { preflight: null, harnessErrors: [printable(redact(reasonOf(error)))] }
  }
}

/** What walks through the targets found, where the plan asks for walks. */
function walked(
  plan: RunPlan,
  { targets, seed: salt }: WorldParameters,
  surroundings: RunSurroundings,
): ReturnType<typeof walkTargets> {
  const { explore: request } = plan
  if (request === undefined) return Promise.resolve({ walks: [], scenarios: [] })
  return walkTargets({ plan, request, targets, salt }, surroundings)
}

/** Each target with what was found to be wrong in its file, and the seed of its scenarios; a bundled mock is not tried. */
async function trials(
  { plan, targets }: { readonly plan: RunPlan; readonly targets: readonly Target[] },
  { now }: RunSurroundings,
): Promise<readonly { readonly target: Target; readonly seed: string }[]> {
  const { seed, isSeedChosen = false, budget = null } = plan
  const { scenarios } = plan.selection
  const permit = new Permit(budget)
  const tried: { readonly target: Target; readonly seed: string }[] = []
  for (const [index, target] of targets.entries()) {
    const isTried = plan.targets[index]?.kind === 'deployment'
    const setting = { scenarios, seed, isSeedChosen, now, pace: permit.before(target) }
    const result = isTried ? await formatOf(target.protocol).tried(target, setting) : { mistakes: {}, seed }
    tried.push({ target: { ...target, mistakes: result.mistakes }, seed: result.seed })
  }
  return tried
}

/** A mock with a fault may violate so much that the check before a run would refuse it. */
async function firstObjection(
  { plan, targets }: { readonly plan: RunPlan; readonly targets: readonly Target[] },
  surroundings: RunSurroundings,
): Promise<string | null> {
  const faultless = targets.filter((_, index) => !plan.targets[index]?.differs.faults.length)
  const permit = new Permit(plan.budget ?? null)
  const objections = await Promise.all(
    faultless.map((target) => preflight(target, { ...surroundings, pace: permit.before(target) })),
  )
  return objections.find((reason) => reason !== null) ?? null
}

/** What a check after that before the run objects to in a deployment; of a run that is to end nothing more is asked. */
async function laterDoubt(
  {
    plan,
    targets,
    when,
  }: { readonly plan: RunPlan; readonly targets: readonly Target[]; readonly when: string },
  surroundings: RunSurroundings,
): Promise<string | null> {
  if (surroundings.interrupted.aborted) return null
  const permit = new Permit(plan.budget ?? null)
  const deployed = targets.filter((_, index) => plan.targets[index]?.kind === 'deployment')
  try {
    const doubts = await Promise.all(
      deployed.map((target) => recheck(target, { ...surroundings, when, pace: permit.before(target) })),
    )
    return doubts.find((doubt) => doubt !== null) ?? null
  } catch (error) {
    if (error instanceof BudgetSpent)
      return `whether the server still refuses was not checked: ${error.message}`
    throw error
  }
}

/** The first line of an error's message, and of those it was caused by. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [line = error.name] = error.message.split('\n')
  return error.cause === undefined ? line : `${line}: ${reasonOf(error.cause)}`
}
