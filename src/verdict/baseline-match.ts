import type { BaselineEntry } from '#evidence/run-record.ts'
import { describeLasting } from './describe.ts'
import type { ScenarioResult } from './outcome.ts'

/** Whether a failure has the entry's requirement and scenario, whatever was observed. */
export function isAbout(
  entry: BaselineEntry,
  { failure, name }: Pick<ScenarioResult, 'failure' | 'name'>,
): boolean {
  return (
    failure !== null &&
    (entry.requirement === undefined || failure.requirement === entry.requirement) &&
    (entry.scenario === undefined || name === entry.scenario)
  )
}

/** Whether what was observed in a failure is what the entry says. */
export function isObserved({ expect }: BaselineEntry, { failure }: Pick<ScenarioResult, 'failure'>): boolean {
  return failure !== null && hasWords(describeLasting(failure), expect)
}

const WORD = /[\p{L}\p{N}_]/u

/** Whether `part` is somewhere in `text` as whole words: `got 20` is not in `got 200`. */
function hasWords(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const end = at + part.length
    if (!splitsWord(text, at) && !splitsWord(text, end)) return true
  }
  return false
}

function splitsWord(text: string, at: number): boolean {
  return WORD.test(text.charAt(at - 1)) && WORD.test(text.charAt(at))
}
