import type { Dialect, Protocol } from '#protocol/requirements.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { Verdict } from '#verdict/run-verdict.ts'
import type { PlannedScenario } from './features.ts'
import { unencryptedFor } from './targets/unencrypted.ts'
import { writtenPart } from './targets/written-part.ts'
import { NO_EVIDENCE, runTrial, type TrialSurroundings } from './trial-run.ts'

/** A mock that is right in another way than usual, and the scenarios it is verified with. */
export interface VariantTrial {
  /** What the trial is called: the id of a variant, or the name of a composite. */
  readonly name: string
  readonly protocol: Protocol
  readonly dialect: Dialect
  /** Ids of the variants that the mock is all at once. */
  readonly variants: readonly string[]
  /** What the target file of such a server says, as it is written there. */
  readonly target: Readonly<Record<string, unknown>>
  readonly scenarios: readonly PlannedScenario[]
  readonly seed: string
}

/** What can be said of a variant. */
export const VARIANT_OUTCOMES = ['accepted', 'convicted', 'inconclusive', 'interrupted', 'broken'] as const

/** What the suite made of a variant: it must accept it. */
export type VariantOutcome = (typeof VARIANT_OUTCOMES)[number]

/** What the suite reports of a variant. */
export interface VariantReport {
  readonly name: string
  readonly dialect: Dialect
  readonly outcome: VariantOutcome
  /** One line for each scenario that was not passed or skipped, and for each other reason. */
  readonly reasons: readonly string[]
  readonly scenarios: number
  readonly skipped: number
  readonly durationMs: number
}

/** Verifies the bundled mock as a variant. Throws a UsageError where its target settings are wrong. */
export async function tryVariant(
  { name, protocol, dialect, variants, target, scenarios, seed }: VariantTrial,
  surroundings: TrialSurroundings,
): Promise<VariantReport> {
  const part = { ...unencryptedFor(scenarios), ...writtenPart({ protocol, ...target }, name) }
  const { run, verdicts } = await runTrial(
    { protocol, dialect, differs: { variants }, target: part, scenarios, seed },
    surroundings,
  )
  return {
    name,
    dialect,
    outcome: OUTCOMES[verdicts.verdict],
    reasons: [...verdicts.reasons, ...against(verdicts)],
    scenarios: scenarios.length,
    skipped: verdicts.totals.scenarios.skipped,
    durationMs: run.durationMs ?? 0,
  }
}

const OUTCOMES: Readonly<Record<Verdict, VariantOutcome>> = {
  conformant: 'accepted',
  'non-conformant': 'convicted',
  ...NO_EVIDENCE,
}

function against({ scenarios }: Verdicts): readonly string[] {
  return scenarios
    .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped')
    .map(({ uri, line, name, outcome, message }) => `${uri}:${line} ${name}: ${message ?? outcome}`)
}
