import type { Envelope } from '@cucumber/messages'
import type { TargetPart } from '#driver/merge-target.ts'
import type { Baseline, RunRecord } from '#evidence/run-record.ts'
import { loadRegister } from '#protocol/register.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'
import { judge, type Verdicts } from '#verdict/judge.ts'
import type { Verdict } from '#verdict/run-verdict.ts'
import { execute, type RunSurroundings } from './execute.ts'
import type { PlannedScenario } from './features.ts'
import type { MockDifferences } from './targets/mock-differences.ts'
import { bundledTarget } from './targets/resolve-target.ts'

/** What is tried on a bundled mock: a fault or a variant, with some scenarios of the suite. */
export interface MockTrial {
  readonly protocol: Protocol
  readonly dialect: Dialect
  readonly differs: Partial<MockDifferences>
  /** What the target file says of such a server. */
  readonly target: TargetPart
  readonly scenarios: readonly PlannedScenario[]
  /** Parties are drawn from it and from what differs, so that they are the same whichever trials were made before. */
  readonly seed: string
  /** What is known to deviate; nothing where it is left out. */
  readonly baseline?: Baseline | null
  /** Whether the scenarios end with the first that fails; they do not where it is left out. */
  readonly failFast?: boolean
}

/** What a trial takes from outside. Its mock comes from a pool, so that no trial costs a start. */
export type TrialSurroundings = Omit<RunSurroundings, 'onStart' | 'onMessage'> &
  Required<Pick<RunSurroundings, 'start'>>

/** Verifies a bundled mock that differs from the usual one, and judges what was seen. */
export async function runTrial(
  { protocol, dialect, differs, target, scenarios, seed, baseline = null, failFast = false }: MockTrial,
  surroundings: TrialSurroundings,
): Promise<{ readonly run: RunRecord; readonly verdicts: Verdicts }> {
  const envelopes: Envelope[] = []
  const run = await execute(
    {
      targets: [bundledTarget(protocol, { ...target, dialect }, differs)],
      request: { only: [], tags: null, shard: null, order: 'defined' },
      selection: { scenarios, order: 'defined' },
      narrow: true,
      baseline,
      failOn: 'should',
      requireComplete: false,
      failFast,
      retry: 0,
      parallel: 0,
      seed: `${seed} ${Object.values(differs).flat().join(' ')}`,
      rerun: '',
      reports: { path: '', shown: '' },
    },
    { ...surroundings, onStart: () => undefined, onMessage: (envelope) => envelopes.push(envelope) },
  )
  return { run, verdicts: judge(envelopes, run, loadRegister(protocol, dialect).requirements) }
}

/** What a run shows of a mock that differs where it came to no verdict on it: nothing. */
export const NO_EVIDENCE = {
  inconclusive: 'inconclusive',
  incomplete: 'inconclusive',
  interrupted: 'interrupted',
  'harness-error': 'broken',
} as const satisfies Readonly<Record<Exclude<Verdict, 'conformant' | 'non-conformant'>, string>>
