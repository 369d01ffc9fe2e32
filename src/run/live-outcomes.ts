import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Level } from '#protocol/register.ts'
import { asKnown } from '#verdict/baseline.ts'
import { collect } from '#verdict/collect.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { judgeScenarios } from '#verdict/scenarios.ts'

/** What a message means for the display of progress: a scenario of a feature begins, or one is over. */
export type LiveEvent =
  | { readonly kind: 'began'; readonly feature: string }
  | { readonly kind: 'ended'; readonly result: ScenarioResult }

/**
 * Reads a run's messages as they come, and reports each scenario when it begins and, at the end of its
 * last attempt, its outcome in the words of the verdict; a failure that the baseline lists is known. Whether a pass
 * contradicts the baseline is known only when all are over. Null for a message that is neither.
 */
export function liveOutcomes(
  run: RunRecord,
  levelOf: (requirement: string) => Level | null,
): (envelope: Envelope) => LiveEvent | null {
  const about = { ...run, selection: { ...run.selection, scenarios: [] } }
  const documents = new Map<string, Envelope>()
  const pickles = new Map<string, Envelope>()
  const hooks: Envelope[] = []
  const scenarios = new Map<string, Envelope[]>()
  const attempts = new Map<string, Envelope[]>()
  const context = (envelope: Envelope): readonly Envelope[] => {
    const pickle = pickles.get(envelope.testCase?.pickleId ?? '')
    const document = documents.get(pickle?.pickle?.uri ?? '')
    return [document, pickle].filter((each) => each !== undefined)
  }
  const learn = (envelope: Envelope): void => {
    const { gherkinDocument, pickle, hook, testCase } = envelope
    if (gherkinDocument !== undefined) documents.set(gherkinDocument.uri ?? '', envelope)
    if (pickle !== undefined) pickles.set(pickle.id, envelope)
    if (hook !== undefined) hooks.push(envelope)
    if (testCase !== undefined) scenarios.set(testCase.id, [...context(envelope), ...hooks, envelope])
  }
  return (envelope) => {
    learn(envelope)
    const { testCaseStarted, testCaseFinished } = envelope
    const id = attemptOf(envelope)
    if (testCaseStarted !== undefined)
      attempts.set(testCaseStarted.id, [...(scenarios.get(testCaseStarted.testCaseId) ?? [])])
    const attempt = attempts.get(id ?? '')
    if (attempt === undefined) return null
    attempt.push(envelope)
    if (testCaseStarted !== undefined) return { kind: 'began', feature: featureOf(attempt) }
    if (testCaseFinished === undefined) return null
    attempts.delete(testCaseFinished.testCaseStartedId)
    if (testCaseFinished.willBeRetried) scenarios.set(testCaseOf(attempt), attempt)
    const result = testCaseFinished.willBeRetried
      ? undefined
      : judgeScenarios(collect(attempt), about, levelOf)[0]
    return result === undefined ? null : { kind: 'ended', result: asKnown(result, run) }
  }
}

/** The scenario that the envelopes of an attempt, behind those of earlier ones, are of. */
function testCaseOf(envelopes: readonly Envelope[]): string {
  return (
    envelopes.find(({ testCaseStarted }) => testCaseStarted !== undefined)?.testCaseStarted?.testCaseId ?? ''
  )
}

function featureOf(envelopes: readonly Envelope[]): string {
  const document = envelopes.find(({ gherkinDocument }) => gherkinDocument !== undefined)?.gherkinDocument
  return document?.feature?.name ?? ''
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
