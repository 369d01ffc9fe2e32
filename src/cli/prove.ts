import { featuredProtocols, loadFeatures } from '#run/features.ts'
import type { Proof, ProofOutcome, Trial } from '#run/prove.ts'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { loadFaults, suiteFaultsNamed } from './fault-selection.ts'
import { proofLines, provingTotals } from './prove-text.ts'
import type { RunEnvironment } from './run-environment.ts'
import { runTrials, type TrialKind } from './trials.ts'

/** The options of `touchstone prove`. */
export interface ProveOptions {
  /** Whose mocks; all where none is named. */
  readonly protocol?: NamedProtocols
  /** Ids of faults, requirements or areas; none means all faults. Those that only walks find run by their id alone. */
  readonly faults: readonly string[]
  /** Whether the whole suite runs against each fault. */
  readonly full: boolean
  readonly seed?: string | undefined
  readonly json: boolean
}

/** How many proofs by the scenarios of one requirement, a tenth of a second each, are worth a further thread. */
const SHORT_PROOFS_PER_THREAD = 8

/**
 * Verifies the bundled mock of its protocol with each fault in turn, with the scenarios of the requirement it violates or
 * with all. Exit codes: 0 every fault was found, 1 one was not, 4 the harness failed over one, 130
 * interrupted. Throws a UsageError for an unknown fault.
 */
export async function proveCommand(options: ProveOptions, environment: RunEnvironment): Promise<number> {
  const seed = options.seed ?? environment.nonce()
  const trials = await faultTrials(options, seed)
  const perThread = options.full ? 1 : SHORT_PROOFS_PER_THREAD
  return runTrials(PROOFS, { trials, seed, json: options.json, perThread }, environment)
}

/** The faults that the options name, each with the scenarios it is tried with. Throws a UsageError for an unknown fault. */
export async function faultTrials(options: ProveOptions, seed: string): Promise<readonly Trial[]> {
  const { protocol: named = 'all', full } = options
  const protocols = named === 'all' ? featuredProtocols() : [named]
  const faults = suiteFaultsNamed(options.faults, await loadFaults(protocols))
  const known = protocols.flatMap((protocol) => loadFeatures(protocol))
  return faults.map((fault) => {
    const own = known.filter(({ protocol }) => protocol === fault.protocol)
    const scenarios = full ? own : own.filter(({ tags }) => tags.includes(fault.requirement))
    return { fault, protocol: fault.protocol, scenarios, seed, failFast: !full }
  })
}

const PROOFS: TrialKind<Trial, Proof, ProofOutcome> = {
  make: (thread, trial) => thread.prove(trial),
  wanted: 'killed',
  lines: proofLines,
  totals: provingTotals,
  member: 'proofs',
}
