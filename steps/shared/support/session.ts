import type { Answer, WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { Inconclusive, type Check } from './check.ts'
import { Outages } from './outages.ts'
import { UndoRegister } from './undo-register.ts'
import type { Randomness } from './randomness.ts'
import type { ExpectedStatus } from './status.ts'

/** What a request got, in words; the status is null where no whole answer came. */
export interface Observed {
  readonly status: number | null
  readonly text: string
  readonly answer: Answer | null
  /** The exchange that shows it. */
  readonly exchange: string
}

/** The request a scenario is about and what came of it. */
export interface Turn<Seen extends Observed = Observed> {
  readonly request: WireRequest
  readonly observed: Seen
}

/** A part of a request that is not as it should be, and its value instead: null where the part is left out. */
export interface Deviation {
  readonly part: string
  readonly value: string | null
}

/** A row of a table: what is looked at, and what it must be. */
export type TableRow = readonly [subject: string, wanted: string]

/**
 * What the phrases of both protocols do with a scenario. A party goes by its name, an operation by its name among
 * the operations of the protocol; each method throws on a name that it does not know.
 */
export interface ProtocolScenario {
  readonly check: Check
  /** Puts back what the scenario has changed at a server that outlives it; a line for each that it could not. */
  putBack?(): Promise<readonly string[]>
  readonly turn: Turn
  readonly success: ExpectedStatus
  readonly refusal: ExpectedStatus
  /** Statuses that no answer that is only noted may leave. */
  readonly notable: ExpectedStatus
  /** What the dialect expects where a feature names an outcome by its documented status and a label. */
  labelled(status: number | 'refused', label: string): ExpectedStatus
  /** In which ways the body of the answer misses the schema of that name. */
  misfits(schema: string): readonly string[]
  /**
   * Where the request made last was refused, makes an ordinary one of its kind, by another party, which must succeed;
   * else the requirement that it does is violated.
   */
  assertOrdinary(): Promise<void>
  /** Puts in place whatever the operation needs. */
  prepare(party: string, operation: string): Promise<void>
  /** Makes the request of an operation, which must succeed. */
  mustSucceed(party: string, operation: string): Promise<void>
  /** Makes the request of an operation with those deviations, and keeps what came of it. */
  attempt(party: string, operation: string, deviations?: readonly Deviation[]): Promise<void>
  /** Makes the request so many times; each must be answered as the protocol's scenarios rely on. */
  attemptTimes(party: string, operation: string, count: number): Promise<void>
  /** Asserts what the rows say of the answer, or of something else that goes by a name. */
  assertArtifact(artifact: string, rows: readonly TableRow[]): Promise<void> | void
  /** Asserts that a text is nowhere in an artifact. */
  assertHidden(artifact: string, secret: string): Promise<void> | void
  /** Asserts that the answer is without that part. */
  assertAbsent(part: string): Promise<void> | void
  /** Notes what a part of the answer is. */
  notePart(part: string): Promise<void> | void
  /** Asserts something of everything of a kind that is in the answer, of which there must be some. */
  assertEach(thing: string, wanted: string): Promise<void> | void
  /** Asserts all that is in a list. */
  assertList(list: string, rows: readonly (readonly string[])[]): Promise<void> | void
  /** Asserts that things differ in what `word` names. */
  assertDistinct(things: string, word: string): Promise<void> | void
  /** Asserts that a part of what the server keeps for a party is what it was. */
  assertUnchanged(party: string, part: string): Promise<void> | void
  /** Asserts that the server returns what the party uploaded. */
  assertDownloadable(party: string): Promise<void> | void
  /** Asserts whether a party finds something. */
  assertFound(party: string, findable: string, isThere: boolean): Promise<void> | void
}

/** What the sessions of both protocols are made of. */
export interface SessionSetup {
  readonly check: Check
  readonly random: Randomness
  /** Of the run; without it the session gives up nothing that another met. */
  readonly outages?: Outages | undefined
  /** What is put back when the scenario has ended. */
  readonly undo?: UndoRegister | undefined
}

/** What the sessions of both protocols keep: the check, the random source, the kind of step, and the latest turn. */
export class ScenarioSession<Made extends Turn> {
  readonly check: Check
  readonly random: Randomness
  /** What the run has given up. */
  protected readonly outages: Outages
  /** What the scenario has changed at a server that outlives it. */
  readonly undo: UndoRegister
  #turn: Made | null = null
  #preparing = false

  constructor({ check, random, outages = new Outages(), undo = new UndoRegister() }: SessionSetup) {
    this.check = check
    this.random = random
    this.outages = outages
    this.undo = undo
  }

  /** What the scenario's When did; a Then without a When is a mistake of the feature. */
  get turn(): Made {
    if (this.#turn === null) throw new Error('no request was made yet: the scenario needs a When')
    return this.#turn
  }

  /** Whether the step is of a Given. */
  get preparing(): boolean {
    return this.#preparing
  }

  /** A step begins: of a Given, `preparing`, or of a When or Then. */
  beginStep(preparing: boolean): void {
    this.#preparing = preparing
  }

  /**
   * What is violated where a step does not find what it needs: in a Given `basic`, the requirement that it be
   * there; in a When or Then the one the scenario is about.
   */
  requirementHere(basic: string): string {
    return this.#preparing ? basic : this.check.requirement
  }

  /** Keeps the request that the scenario is about. */
  protected keep(turn: Made): void {
    this.#turn = turn
  }

  /** Asserts that an ordinary request succeeded, else `requirement` is violated, and returns the answer. */
  protected answered(
    { request, observed: { status, text, answer, exchange } }: Turn,
    { text: expected, allows }: ExpectedStatus,
    requirement: string,
  ): Answer {
    const holds = status !== null && allows(status)
    const thing = successOf(request)
    this.outages.note({ operation: request.operation, status, text, requirement })
    this.check.that({ requirement, thing, expected, got: text, holds, exchange })
    if (answer === null) throw new Error('an assertion that failed did not end the step')
    return answer
  }
}

/** What is compared where a request only has to succeed, whatever its requirement says of the status besides. */
export function successOf({ operation }: WireRequest): string {
  return `status of ${operation} (an ordinary request, of which any success will do)`
}

/**
 * What came of a request. No answer is an observation where the server still answers another request, and leaves
 * the scenario inconclusive where it does not. `isGiven` says that the request went to a place that the server gave out,
 * which it answers for as well.
 */
export async function observe(
  result: WireResult,
  isAlive: () => Promise<boolean>,
  isGiven = false,
): Promise<Observed> {
  if (result.kind === 'answered') {
    const { answer } = result
    return { status: answer.status, text: String(answer.status), answer, exchange: answer.exchange.id }
  }
  const { kind, detail } = result.failure
  if ((kind === 'unreachable' && !isGiven) || !(await isAlive())) throw new Inconclusive(`${kind}: ${detail}`)
  const text = `${kind} (${detail}), though it answers other requests`
  return { status: null, text, answer: null, exchange: result.exchange.id }
}
