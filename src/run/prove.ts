import type { Envelope } from '@cucumber/messages'
import { loadRegister } from '#protocol/register.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'
import { judge, type Verdicts } from '#verdict/judge.ts'
import { execute, type RunSurroundings } from './execute.ts'
import type { PlannedScenario } from './features.ts'
import { formatOf } from './targets/formats.ts'
import { bundledTarget } from './targets/resolve-target.ts'

/** A mock with one fault, and the scenarios it is verified with. */
export interface Trial {
  readonly protocol: Protocol
  readonly fault: { readonly id: string; readonly requirement: string; readonly dialect: Dialect }
  readonly scenarios: readonly PlannedScenario[]
  readonly seed: string
}

/**
 * What the suite reports of a fault: it is killed where its requirement is found violated and the run says
 * non-conformant; broken where the harness failed over it, which is no evidence; else it survived.
 */
export interface Proof {
  readonly fault: string
  readonly requirement: string
  readonly outcome: 'killed' | 'survived' | 'broken'
  readonly exitCode: number
  /** Every requirement found violated. */
  readonly violated: readonly string[]
  /** One line for each reason for a verdict worse than conformant. */
  readonly reasons: readonly string[]
  readonly scenarios: number
  readonly durationMs: number
}

/** What a proof takes from outside. Its mock comes from a pool, so that no fault costs a start. */
export type ProofSurroundings = Omit<RunSurroundings, 'onStart' | 'onMessage'> &
  Required<Pick<RunSurroundings, 'start'>>

/** Verifies the bundled mock with a fault active in it. */
export async function prove(
  { protocol, fault, scenarios, seed }: Trial,
  surroundings: ProofSurroundings,
): Promise<Proof> {
  const envelopes: Envelope[] = []
  const part = { dialect: fault.dialect, timeouts: formatOf(protocol).proofTimeouts }
  const run = await execute(
    {
      targets: [bundledTarget(protocol, part, [fault.id])],
      request: { only: [fault.requirement], tags: null, shard: null, order: 'defined' },
      selection: { scenarios, order: 'defined' },
      narrow: true,
      baseline: null,
      failOn: 'should',
      requireComplete: false,
      failFast: false,
      retry: 0,
      parallel: 0,
      seed,
      rerun: '',
      reports: { path: '', shown: '' },
    },
    { ...surroundings, onStart: () => undefined, onMessage: (envelope) => envelopes.push(envelope) },
  )
  const verdicts = judge(envelopes, run, loadRegister(protocol, fault.dialect).requirements)
  return {
    fault: fault.id,
    requirement: fault.requirement,
    outcome: proofOutcome(verdicts, fault.requirement),
    exitCode: verdicts.exitCode,
    violated: violatedIn(verdicts),
    reasons: [...verdicts.reasons, ...brokenIn(verdicts)],
    scenarios: scenarios.length,
    durationMs: run.durationMs ?? 0,
  }
}

/** What a run with a fault of that requirement says of the fault. */
export function proofOutcome(
  verdicts: Pick<Verdicts, 'verdict' | 'requirements'>,
  requirement: string,
): Proof['outcome'] {
  if (verdicts.verdict === 'harness-error' || verdicts.verdict === 'interrupted') return 'broken'
  const found = violatedIn(verdicts).includes(requirement) && verdicts.verdict === 'non-conformant'
  return found ? 'killed' : 'survived'
}

function violatedIn({ requirements }: Pick<Verdicts, 'requirements'>): readonly string[] {
  return requirements.filter(({ verdict }) => verdict === 'violated').map(({ requirement }) => requirement.id)
}

function brokenIn({ scenarios }: Verdicts): readonly string[] {
  return scenarios
    .filter(({ outcome }) => outcome === 'harness-error')
    .map(({ uri, line, message }) => `${uri}:${line}: ${message ?? 'harness error'}`)
}
