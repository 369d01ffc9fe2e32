import type { Envelope } from '@cucumber/messages'

const HARMLESS: ReadonlySet<string> = new Set(['PASSED', 'SKIPPED'])

/** Reads a run's messages as they come, and says of each whether with it a scenario has failed for good. */
export function failureWatch(): (envelope: Envelope) => boolean {
  const failing = new Set<string>()
  return ({ testStepFinished, testCaseFinished }) => {
    if (testStepFinished !== undefined && !HARMLESS.has(testStepFinished.testStepResult.status))
      failing.add(testStepFinished.testCaseStartedId)
    if (testCaseFinished === undefined) return false
    const { testCaseStartedId, willBeRetried } = testCaseFinished
    return failing.delete(testCaseStartedId) && !willBeRetried
  }
}
