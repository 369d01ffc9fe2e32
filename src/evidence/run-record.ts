import type { Dialect, Protocol } from '#protocol/requirements.ts'
import type { WalkRecord } from './walk-record.ts'

/** A server that was verified. `url` has no credentials in it. */
export interface TargetRecord {
  readonly protocol: Protocol
  readonly url: string
  readonly kind: 'bundled' | 'deployment'
  /** Whether the control plane of a mock was at hand. */
  readonly control: boolean
  /** What was unusual about the way to it: any certificate accepted, a proxy; absent where nothing was. */
  readonly way?: readonly string[]
}

/** One entry of a baseline: a deviation that is known, bound to what is observed. */
export interface BaselineEntry {
  /** A requirement id, or the name of a scenario. */
  readonly requirement?: string
  readonly scenario?: string
  readonly dialect?: Dialect
  /** Whole words of the failure message, as its lasting form has them, that say what was got. */
  readonly expect: string
  readonly reason: string
  readonly issue?: string
  /** Last day (YYYY-MM-DD) on which the entry holds. */
  readonly until?: string
}

/** The baseline of a run: where it came from and what it says. */
export interface Baseline {
  readonly file: string
  readonly entries: readonly BaselineEntry[]
}

/** The least level whose violation makes a run non-conformant. */
export type FailOn = 'must' | 'should'

/** SHA-256 digests in hexadecimal, by which it shows that two runs had the same features, and that a record was edited. */
export interface RecordDigests {
  /** Of the feature files that the scenarios were chosen from; null where there were none. */
  readonly features: string | null
  /** Of `messages.ndjson`; null until the run is over. */
  readonly messages: string | null
  /** Of all else in `run.json`; null until the run is over. */
  readonly record: string | null
}

/**
 * All of a run that is not in its message stream (`run.json`). Together with `messages.ndjson` it is
 * enough to derive every report again. Times are ISO 8601 in UTC.
 */
export interface RunRecord {
  readonly schemaVersion: 1
  readonly tool: {
    readonly name: 'touchstone'
    /** The version that made the run. */
    readonly version: string
    /** The version that judges it, where that is another; a record itself has none. */
    readonly judgedBy?: string
  }
  readonly node: string
  readonly platform: string
  readonly protocols: readonly Protocol[]
  readonly dialect: Dialect
  readonly targets: readonly TargetRecord[]
  readonly seed: string
  readonly startedAt: string
  /** Null while the run is going on, and for ever when the process was killed. */
  readonly finishedAt: string | null
  readonly durationMs: number | null
  readonly interrupted: boolean
  readonly selection: {
    readonly only: readonly string[]
    readonly tags: string | null
    readonly shard: string | null
    readonly order: string
    /** Whether other scenarios were asked for than those of whole protocols: those of named files, or of walks alone. */
    readonly isPart?: boolean
    /** `uri:line` of every scenario that the run set out to execute, in order. */
    readonly scenarios: readonly string[]
  }
  readonly options: {
    readonly failOn: FailOn
    readonly requireComplete: boolean
    /** The least part of the testable MUSTs that must be checked, in percent; null or absent where none must. */
    readonly minCoverage?: number | null
    /** Whether the first failure was to end the run; absent means it was not. */
    readonly failFast?: boolean
    readonly retry: number
    /** Whether a pass at a later attempt counts as one; absent means it does not. */
    readonly allowFlaky?: boolean
    readonly parallel: number
    /** The arguments with which to run one scenario again; `--only NAME` is added. */
    readonly rerun: string
  }
  readonly baseline: Baseline | null
  /** What the run was allowed to spend, each null where it was not bounded, and how many requests it sent; absent where it had no budget. */
  readonly budget?: {
    readonly maxRequests: number | null
    readonly maxTimeMs: number | null
    readonly requests: number
  }
  /** Why nothing was executed: the target failed the checks made before a run. Null when it passed them. */
  readonly preflight: string | null
  /** Why what passed counts for nothing: asked again in the midst of the scenarios or after them, a target accepted everything. Absent where it refused. */
  readonly recheck?: string
  /** A line for each mistake of a target file that was found before the scenarios; what depends on it was not run. */
  readonly mistakes?: readonly string[]
  /** What came of walks, one for each server that was walked; absent where there were none. */
  readonly walks?: readonly WalkRecord[]
  /** What the harness itself did wrong outside any scenario. */
  readonly harnessErrors: readonly string[]
  /** Absent from runs of which no record is kept. */
  readonly digests?: RecordDigests
}
