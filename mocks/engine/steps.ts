import type { Content } from './reply.ts'

/**
 * What one step of an operation comes to: it refuses, and the operation ends there; or it lets it go on.
 * Either way its changes are made, and `notes` go to the journal; they never hold a secret.
 */
export type StepResult<Kind, Change> =
  | ({ readonly kind: 'refused'; readonly as: Kind } & StepConsequences<Change>)
  | ({ readonly kind: 'passed' } & StepConsequences<Change>)

interface StepConsequences<Change> {
  readonly changes?: readonly Change[]
  readonly content?: Content
  readonly notes?: readonly string[]
}

/** The steps an operation can take, by name. The rulebook says which are taken, and in which order. */
export type Steps<Name extends string, Context, Kind, Change> = Readonly<
  Record<Name, (context: Context) => StepResult<Kind, Change>>
>

/** The steps an operation is to take, in which order, and what they look at. */
export interface Course<Name extends string, Context, Kind, Change> {
  readonly order: readonly Name[]
  readonly steps: Steps<Name, Context, Kind, Change>
  readonly context: Context
}

/** What came of an operation. What steps changed before one refused stays changed. */
export interface StepsTaken<Kind, Change> {
  readonly kind: Kind
  readonly content: Content
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
}

/** Takes the named steps, each only when the one before it has passed; `success` is the kind where none refuses. */
export function takeSteps<Name extends string, Context, Kind, Change>(
  success: Kind,
  { order, steps, context }: Course<Name, Context, Kind, Change>,
): StepsTaken<Kind, Change> {
  const changes: Change[] = []
  const notes: string[] = []
  let content: Content = NO_CONTENT
  for (const name of order) {
    const result = steps[name](context)
    if (result.notes !== undefined) notes.push(...result.notes)
    if (result.changes !== undefined) changes.push(...result.changes)
    content = result.content ?? content
    if (result.kind === 'refused') return { kind: result.as, content, changes, notes }
  }
  return { kind: success, content, changes, notes }
}

const NO_CONTENT: Content = { kind: 'none' }
