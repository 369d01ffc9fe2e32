import type { Counterexample } from '#explore/exploration.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'
import { byProtocol } from '../targets/by-protocol.ts'
import { formatOf } from '../targets/formats.ts'
import type { MockDifferences } from '../targets/mock-differences.ts'
import { bundledTarget } from '../targets/resolve-target.ts'
import { unencryptedIn } from '../targets/unencrypted.ts'
import { writtenPart } from '../targets/written-part.ts'
import type { TrialSurroundings } from '../trial-run.ts'
import type { ExploreRequest } from './explore-request.ts'
import { exploreTarget } from './explore-target.ts'

/** A bundled mock that differs from the usual one, and how it is walked. */
export interface WalkTrial {
  /** The id of a fault or of a variant. */
  readonly name: string
  /** The area of its requirement: `RELAY-PREKEY`. */
  readonly area: string
  readonly protocol: Protocol
  readonly dialect: Dialect
  readonly differs: Partial<MockDifferences>
  /** What the target file of such a server says, as it is written there. */
  readonly target: Readonly<Record<string, unknown>>
  readonly request: ExploreRequest
  readonly seed: string
}

/** What walks can make of a mock. */
export const WALK_OUTCOMES = ['found', 'accepted', 'inconclusive', 'interrupted', 'broken'] as const

/** What walks made of a mock: they found it wrong, or nothing wrong with it. */
export type WalkOutcome = (typeof WALK_OUTCOMES)[number]

/** What is said of a mock that was walked. */
export interface WalkReport {
  readonly name: string
  readonly area: string
  readonly dialect: Dialect
  readonly outcome: WalkOutcome
  /** What was found, or why nothing can be said. */
  readonly reasons: readonly string[]
  readonly sequences: number
  readonly asks: number
  readonly durationMs: number
}

/** Walks a bundled mock that differs. Throws a UsageError where its target settings are wrong. */
export async function walkMock(trial: WalkTrial, surroundings: TrialSurroundings): Promise<WalkReport> {
  const { name, area, protocol, dialect, differs, seed, request } = trial
  const part = {
    timeouts: formatOf(protocol).proofTimeouts,
    ...writtenPart({ protocol, ...trial.target }, name),
    ...unencryptedIn([area]),
  }
  const startedAt = surroundings.now()
  const running = await surroundings.start([bundledTarget(protocol, { ...part, dialect }, differs)], seed)
  try {
    const targets = await byProtocol(running.targets)
    const { interrupted, now } = surroundings
    const { exploration } = await exploreTarget(
      { protocol, targets, salt: `${seed} ${name}`, options: { ...request, seed } },
      { interrupted, now },
    )
    const errors = running.errors()
    const { counterexamples, inconclusive, sequences, asks } = exploration
    const found = counterexamples.map(foundLine)
    return {
      name,
      area,
      dialect,
      outcome: outcomeOf({ errors, found, inconclusive, isInterrupted: surroundings.interrupted.aborted }),
      reasons: [...errors, ...found, ...(inconclusive === null ? [] : [inconclusive])],
      sequences,
      asks,
      durationMs: surroundings.now() - startedAt,
    }
  } finally {
    await running.close()
  }
}

function outcomeOf(seen: {
  readonly errors: readonly string[]
  readonly found: readonly string[]
  readonly inconclusive: string | null
  readonly isInterrupted: boolean
}): WalkOutcome {
  if (seen.errors.length > 0) return 'broken'
  if (seen.found.length > 0) return 'found'
  if (seen.isInterrupted) return 'interrupted'
  return seen.inconclusive === null ? 'accepted' : 'inconclusive'
}

function foundLine({ violated, steps, sequence }: Counterexample): string {
  const { requirement, thing, expected, got } = violated
  return `${requirement}: ${thing}: expected ${expected}, got ${got} (sequence ${sequence}, ${steps.length} steps)`
}
