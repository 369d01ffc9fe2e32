import type { TargetPart } from '#driver/merge-target.ts'
import type { RandomBytes } from '#driver/relay/parties.ts'
import type { Target } from '#driver/target.ts'
import type { Configuration } from '../configuration-text.ts'
import type { MockDifferences } from './mock-differences.ts'
import type { Probe } from './probe.ts'
import type { TrialResult, TrialSetting } from './trial.ts'
import type { WrittenMStoreTarget } from './mstore-file.ts'
import type { WrittenRelayTarget } from './relay-file.ts'
import type { TargetFilePlace } from './written-source.ts'

/** The part of a target file that belongs to its protocol alone, as it is written and its schema has accepted it. */
export type WrittenOwn = WrittenRelayTarget | WrittenMStoreTarget

/** The control plane of a mock, and the name of that mock where it is a peer of the target. */
export interface MockPlane {
  readonly url: string
  readonly peer: string | null
}

/** A server that is running for a run: the target it makes, and how to end what was started for it. */
export interface RunningTarget<Whole extends Target = Target> {
  readonly target: Whole
  readonly close: () => Promise<void>
}

/** How a bundled mock is to be started. */
export interface Launch<Whole extends Target = Target> {
  /** The target that the mock is to become. */
  readonly target: Whole
  readonly differs: MockDifferences
  readonly seed: string
  /** Called with each error of the mock's own code, and each of its answers that does not fit its schema. */
  readonly onError: (error: unknown) => void
}

/** All that a run does differently for the targets of one protocol. */
export interface TargetFormat<Whole extends Target = Target, Written = WrittenOwn> {
  /** The target of which nothing is said. */
  readonly defaults: Whole
  /** What its time-outs become where a fault is active that may send nothing. */
  readonly proofTimeouts: Partial<Whole['timeouts']>
  /** Members of its capabilities that are secret, each with what is shown in its place. */
  readonly secrets: Readonly<Record<string, string>>
  /** A line for each mistake of its file that neither the schema nor a look at single members finds. */
  mistakesOf(configuration: Configuration<Written>, place: TargetFilePlace): readonly string[]
  /** What its file says beyond what all say alike, with secrets looked up and programs found. */
  read(written: Written, place: TargetFilePlace): TargetPart<Whole>
  /** The capabilities that the control plane at `url` supplies. */
  controlled(url: string): Whole['capabilities']
  /** The target with what its control plane adds by itself, without asking it: for a plan. */
  supposed(target: Whole): Whole
  /** The target with what its control plane adds by itself. Asks it. */
  completed(target: Whole): Promise<Whole>
  /** The control planes of a bundled mock and of the peers it federates with, its own first. */
  planes(target: Whole): readonly MockPlane[]
  /** Requests that the protocol's specification says are refused, drawn with `random`; they change nothing. */
  probes(target: Whole, random: RandomBytes): readonly Probe[]
  /** Tries at a deployment what only a run can find to be wrong in its file. */
  tried(target: Whole, setting: TrialSetting): Promise<TrialResult>
  /** Starts the bundled mock. What it is made of is loaded only now. */
  start(launch: Launch<Whole>): Promise<RunningTarget<Whole>>
}
