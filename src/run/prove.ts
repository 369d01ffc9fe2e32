import type { Dialect, Protocol } from '#protocol/requirements.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { PlannedScenario } from './features.ts'
import { formatOf } from './targets/formats.ts'
import { runTrial, type TrialSurroundings } from './trial-run.ts'

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

/** Verifies the bundled mock with a fault active in it. */
export async function prove(
  { protocol, fault, scenarios, seed }: Trial,
  surroundings: TrialSurroundings,
): Promise<Proof> {
  const { run, verdicts } = await runTrial(
    {
      protocol,
      dialect: fault.dialect,
      differs: { faults: [fault.id] },
      target: { timeouts: formatOf(protocol).proofTimeouts },
      scenarios,
      seed,
    },
    surroundings,
  )
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
