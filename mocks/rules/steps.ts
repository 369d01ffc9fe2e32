import type { Content } from './reply.ts'

/**
 * What one step of an operation comes to: it refuses, and the operation ends there; or it lets it go on.
 * Either way its changes are made, and `notes` go to the journal; they never hold a secret.
 */
export type StepResult<Kind, Change> =
  | ({ readonly kind: 'refused'; readonly as: Kind } & Consequences<Change>)
  | ({ readonly kind: 'passed' } & Consequences<Change>)

interface Consequences<Change> {
  readonly changes?: readonly Change[]
  readonly content?: Content
  readonly notes?: readonly string[]
}

/** The steps an operation can take, by name. The rulebook says which are taken, and in which order. */
export type Steps<Name extends string, Context, Kind, Change> = Readonly<
  Record<Name, (context: Context) => StepResult<Kind, Change>>
>

/** What came of an operation. What steps changed before one refused stays changed. */
export interface StepsTaken<Kind, Change> {
  readonly kind: Kind
  readonly content: Content
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
}

/** Takes the results of steps in turn, until one refuses; `success` is the kind where none does. */
export function takeSteps<Kind, Change>(
  success: Kind,
  results: Iterable<StepResult<Kind, Change>>,
): StepsTaken<Kind, Change> {
  const changes: Change[] = []
  const notes: string[] = []
  let content: Content = { kind: 'none' }
  for (const result of results) {
    notes.push(...(result.notes ?? []))
    changes.push(...(result.changes ?? []))
    content = result.content ?? content
    if (result.kind === 'refused') return { kind: result.as, content, changes, notes }
  }
  return { kind: success, content, changes, notes }
}

/** The results of the named steps, each taken only when the one before it has been. */
export function* inOrder<Name extends string, Context, Kind, Change>(
  order: readonly Name[],
  steps: Steps<Name, Context, Kind, Change>,
  context: Context,
): Generator<StepResult<Kind, Change>> {
  for (const name of order) yield steps[name](context)
}
