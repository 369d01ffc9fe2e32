import { TestStepResultStatus, type Envelope } from '@cucumber/messages'

/**
 * Passes messages on to `record`, save those of scenarios that were kept from starting. Cucumber reports a
 * scenario it skips because the run is stopping (an interrupt, or fail-fast after a failure) as one whose
 * every step was skipped; a scenario that was gated says why in an attachment. While `isStopping` holds,
 * a scenario's messages are therefore held back until one of them shows that it was begun.
 */
export function unstartedFilter(
  isStopping: () => boolean,
  record: (envelope: Envelope) => void,
): (envelope: Envelope) => void {
  const held = new Map<string, Envelope[]>()
  return (envelope) => {
    const attempt = attemptOf(envelope)
    if (envelope.testCaseStarted !== undefined && isStopping()) held.set(envelope.testCaseStarted.id, [])
    const waiting = attempt === null ? undefined : held.get(attempt)
    if (attempt === null || waiting === undefined) {
      record(envelope)
      return
    }
    waiting.push(envelope)
    if (showsStart(envelope)) waiting.forEach(record)
    if (showsStart(envelope) || envelope.testCaseFinished !== undefined) held.delete(attempt)
  }
}

function attemptOf(envelope: Envelope): string | null {
  return (
    envelope.testCaseStarted?.id ??
    envelope.testStepStarted?.testCaseStartedId ??
    envelope.testStepFinished?.testCaseStartedId ??
    envelope.testCaseFinished?.testCaseStartedId ??
    envelope.attachment?.testCaseStartedId ??
    null
  )
}

function showsStart({ attachment, testStepFinished }: Envelope): boolean {
  const status = testStepFinished?.testStepResult.status
  return attachment !== undefined || (status !== undefined && status !== TestStepResultStatus.SKIPPED)
}
