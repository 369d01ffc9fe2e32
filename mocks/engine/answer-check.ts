import { fromUtf8 } from '#protocol/bytes.ts'
import type { BodyChecker } from '#protocol/schema-check.ts'
import type { WireAnswer } from './reply.ts'

/** A request that was handled, as far as the JSON of its answer can be judged. */
export interface AnswerMade {
  readonly answer: WireAnswer
  readonly outcome: {
    readonly operation: string
    readonly kind: string
    readonly content: { readonly kind: string }
  }
  /** The ids of the faults that were at work. */
  readonly faults: readonly string[]
}

/** What the bodies of one protocol are judged by. */
export interface AnswerContracts<Body extends string> {
  /**
   * The schema of the JSON that comes of an operation and its outcome; null where the documentation has none, undefined
   * where that is not said.
   */
  readonly schemaOf: (operation: string, kind: string) => Body | null | undefined
  readonly check: BodyChecker<Body>
}

/**
 * What is wrong with the JSON of an answer by its schema, in one line each; of an answer without JSON nothing
 * is. A fault may break any of them.
 */
export function answerBreaches<Body extends string>(
  { answer, outcome, faults }: AnswerMade,
  { schemaOf, check }: AnswerContracts<Body>,
): readonly string[] {
  const { operation, kind, content } = outcome
  if (answer.kind !== 'reply' || answer.body.length === 0 || faults.length > 0) return []
  if (content.kind === 'text' || content.kind === 'bytes') return []
  const schema = schemaOf(operation, kind)
  if (schema === undefined) return ['expected a schema for its JSON, got none']
  return schema === null ? [] : check(schema, JSON.parse(fromUtf8(answer.body) ?? ''))
}

/** The lines as errors of our own, each with the operation and the outcome it is about. */
export function withOperationPrefix({ outcome }: AnswerMade, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `answer to ${outcome.operation} ${outcome.kind}: ${line}`)
}
