import type { Ask } from '../ask.ts'
import type { Violated } from '../protocol-model.ts'
import { nearName, UNKNOWN } from './references.ts'
import type { MStoreSeen, SeenResult } from './seen.ts'
import { notGranted, notReadable, violated } from './verdicts.ts'
import { type BulkObjects } from './bulk.ts'

/** The requirements of one of the two bulk requests. */
export interface BulkRequirements {
  readonly done: string
  readonly form: string
  readonly twice: string
  readonly complete: string
  /** That what is not there is a failure; left out where it may be a success. */
  readonly failed?: string
  /** That what is another's stays as it is. */
  readonly foreign: string
}

/**
 * What the answer to a bulk request violates where every object that is there had to be worked on: that it has results
 * that can be read, one for each object, and a success for each that is there.
 */
export function resultDifference(
  { own, strange, foreign }: BulkObjects,
  { ask, seen }: { readonly ask: Ask; readonly seen: MStoreSeen },
  requirements: BulkRequirements,
): Violated | null {
  const { results } = seen
  const isOdd = strange.length > 0 || foreign.length > 0 || 'unknown objects' in ask.values
  if (results === 'hidden') return isOdd ? null : notGranted(requirements.done, ask, seen)
  if (results === undefined) return notResulted({ ask, seen, isOdd }, requirements)
  const failed = own.find(({ name }) =>
    results.some(({ object, isSuccess }) => object === name && !isSuccess),
  )
  if (failed !== undefined)
    return violated(requirements.done, `result for ${failed.name}`, ['a success', 'a failure'])
  const done = strange.find((name) => results.some(({ object, isSuccess }) => object === name && isSuccess))
  if (done !== undefined && requirements.failed !== undefined)
    return violated(requirements.failed, `result for ${done}`, ['a failure', 'a success'])
  return (
    resultsTwice(results, requirements.twice) ??
    resultsMissing({ own, strange }, results, requirements.complete)
  )
}

function notResulted(
  { ask, seen, isOdd }: { readonly ask: Ask; readonly seen: MStoreSeen; readonly isOdd: boolean },
  { done, form }: BulkRequirements,
): Violated | null {
  const { status } = seen
  if (status !== null && status >= 200 && status < 300) return notReadable(form, ask, seen)
  return isOdd && status !== null ? null : notGranted(done, ask, seen)
}

function resultsTwice(results: readonly SeenResult[], requirement: string): Violated | null {
  const names = results.map(({ object }) => object)
  const twice = names.find((name, index) => names.indexOf(name) !== index && !isVague(name))
  return twice === undefined ? null : violated(requirement, `results for ${twice}`, ['one', 'two'])
}

/** Names that several paths go by. */
function isVague(name: string): boolean {
  return name.startsWith('unknown') || nearName(name) !== null || UNKNOWN.some((unknown) => unknown === name)
}

function resultsMissing(
  { own, strange }: Pick<BulkObjects, 'own' | 'strange'>,
  results: readonly SeenResult[],
  requirement: string,
): Violated | null {
  const asked = [...own.map(({ name }) => name), ...strange.filter((name) => !isVague(name))]
  const missing = asked.find((name) => !results.some(({ object }) => object === name))
  return missing === undefined ? null : violated(requirement, `results for ${missing}`, ['one', 'none'])
}
