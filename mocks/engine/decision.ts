import type { Content, Reply } from './reply.ts'
import { takeSteps, type Course } from './steps.ts'

/** What a request leads to: an outcome, changes of the state, and remarks for the journal without secrets. */
export interface Decision<Outcome, Change> {
  readonly outcome: Outcome
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
}

/** What came of a request for an operation; `Body` is what its answer can carry. */
export interface OperationOutcome<Operation, Kind, Body = Content> {
  readonly operation: Operation
  readonly kind: Kind
  readonly content: Body
  /** Headers beside those of the content. */
  readonly headers?: Reply['headers']
}

/** What a decision has besides its operation and its kind; what is left out is nothing. */
export interface Consequences<Change, Body = Content> {
  readonly content?: Body | undefined
  readonly headers?: Reply['headers'] | undefined
  readonly changes?: readonly Change[] | undefined
  readonly notes?: readonly string[] | undefined
}

type Decided<Operation, Kind, Change, Body> = Decision<OperationOutcome<Operation, Kind, Body>, Change>

const NOTHING: readonly never[] = []
const NO_CONTENT = { kind: 'none' } as const

/** The decision that an operation comes to `kind`. */
export function decided<const Operation, const Kind, Change = never, Body = { readonly kind: 'none' }>(
  operation: Operation,
  kind: Kind,
  { content: given, headers, changes = NOTHING, notes = NOTHING }: Consequences<Change, Body> = {},
): Decided<Operation, Kind, Change, Body | typeof NO_CONTENT> {
  const content = given ?? NO_CONTENT
  const outcome = { operation, kind, content }
  return { outcome: headers === undefined ? outcome : { operation, kind, content, headers }, changes, notes }
}

/** The decision of an operation that takes steps; `success` is the kind where none of them refuses. */
export function decidedBySteps<const Operation, Name extends string, Context, Kind, Change>(
  operation: Operation,
  success: Kind,
  course: Course<Name, Context, Kind, Change>,
): Decided<Operation, Kind, Change, Content> {
  const { kind, content, changes, notes } = takeSteps(success, course)
  return { outcome: { operation, kind, content }, changes, notes }
}
