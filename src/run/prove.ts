import type { Dialect, Protocol } from '#protocol/requirements.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { Verdict } from '#verdict/run-verdict.ts'
import type { PlannedScenario } from './features.ts'
import { formatOf } from './targets/formats.ts'
import { unencryptedFor } from './targets/unencrypted.ts'
import { NO_EVIDENCE, runTrial, type TrialSurroundings } from './trial-run.ts'

/** A mock with one fault, and the scenarios it is verified with. */
export interface Trial {
  readonly protocol: Protocol
  readonly fault: { readonly id: string; readonly requirement: string; readonly dialect: Dialect }
  readonly scenarios: readonly PlannedScenario[]
  readonly seed: string
  /** Whether the scenarios end with the first that fails, where that shows the fault's requirement violated. */
  readonly failFast: boolean
}

/** What can be said of a fault. */
export const PROOF_OUTCOMES = [
  'killed',
  'found-elsewhere',
  'survived',
  'inconclusive',
  'interrupted',
  'broken',
] as const

/**
 * What the suite made of a fault: it is killed where its own requirement is found violated, and found elsewhere
 * where only others are. It survived a conformant run. The rest is no evidence: a run that was inconclusive or
 * interrupted, or one that the harness broke over.
 */
export type ProofOutcome = (typeof PROOF_OUTCOMES)[number]

/** What the suite reports of a fault. */
export interface Proof {
  readonly fault: string
  readonly requirement: string
  readonly outcome: ProofOutcome
  readonly exitCode: number
  /** Every requirement found violated by the scenarios that ran. */
  readonly violated: readonly string[]
  /** One line for each reason for a verdict worse than conformant. */
  readonly reasons: readonly string[]
  readonly scenarios: number
  readonly durationMs: number
}

/** What a first failure leaves open, which all scenarios may show. */
const OPEN: ReadonlySet<ProofOutcome> = new Set(['found-elsewhere', 'inconclusive'])

/**
 * Verifies the bundled mock with a fault active in it. Where the first failure was to be enough and does not show the
 * fault's own requirement violated, all scenarios run.
 */
export async function prove(trial: Trial, surroundings: TrialSurroundings): Promise<Proof> {
  const proof = await proofOf(trial, surroundings)
  return trial.failFast && OPEN.has(proof.outcome)
    ? proofOf({ ...trial, failFast: false }, surroundings)
    : proof
}

async function proofOf(
  { protocol, fault, scenarios, seed, failFast }: Trial,
  surroundings: TrialSurroundings,
): Promise<Proof> {
  const { run, verdicts } = await runTrial(
    {
      protocol,
      dialect: fault.dialect,
      differs: { faults: [fault.id] },
      target: { timeouts: formatOf(protocol).proofTimeouts, ...unencryptedFor(scenarios) },
      scenarios,
      seed,
      failFast,
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

/** What a run that did not find the server non-conformant says of a fault in it. */
const UNFOUND: Readonly<Record<Exclude<Verdict, 'non-conformant'>, ProofOutcome>> = {
  conformant: 'survived',
  ...NO_EVIDENCE,
}

/** What a run with a fault of that requirement says of the fault. */
export function proofOutcome(
  verdicts: Pick<Verdicts, 'verdict' | 'requirements'>,
  requirement: string,
): ProofOutcome {
  const { verdict } = verdicts
  if (verdict !== 'non-conformant') return UNFOUND[verdict]
  return violatedIn(verdicts).includes(requirement) ? 'killed' : 'found-elsewhere'
}

function violatedIn({ requirements }: Pick<Verdicts, 'requirements'>): readonly string[] {
  return requirements.filter(({ verdict }) => verdict === 'violated').map(({ requirement }) => requirement.id)
}

function brokenIn({ scenarios }: Verdicts): readonly string[] {
  return scenarios
    .filter(({ outcome }) => outcome === 'harness-error')
    .map(({ uri, line, message }) => `${uri}:${line}: ${message ?? 'harness error'}`)
}
