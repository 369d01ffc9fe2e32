import { generateMessages, makeSourceEnvelope } from '@cucumber/gherkin'
import { IdGenerator, parseEnvelope, type Envelope } from '@cucumber/messages'
import { expect, it } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { EVIDENCE_MEDIA_TYPE } from '#evidence/step-evidence.ts'
import { badStep, messageStream, runRecord } from '../../tests/golden/message-stream.ts'
import { liveOutcomes } from './live-outcomes.ts'

const URI = 'features/relay/codes.feature'
const FEATURE = 'Feature: Codes\n  @RELAY-CODE-01\n  Scenario: one\n    Given it is so\n'

const RUN = {
  selection: { scenarios: [`${URI}:3`] },
  options: {},
  interrupted: false,
  finishedAt: null,
  preflight: null,
} as unknown as RunRecord

const envelope = (content: object): Envelope => parseEnvelope(JSON.stringify(content))
const at = { timestamp: { seconds: 1, nanos: 0 } }

function prelude(): readonly Envelope[] {
  const { source } = makeSourceEnvelope(FEATURE, URI)
  if (source === undefined) throw new Error('expected a source')
  const options = { includeGherkinDocument: true, includePickles: true, newId: IdGenerator.incrementing() }
  const messages = generateMessages(FEATURE, URI, source.mediaType, options).map((each) => envelope(each))
  const pickle = messages.find((each) => each.pickle !== undefined)?.pickle
  const testSteps = [{ id: 'step', pickleStepId: pickle?.steps[0]?.id, stepDefinitionIds: ['definition'] }]
  return [...messages, envelope({ testCase: { id: 'case', pickleId: pickle?.id, testSteps } })]
}

function attempt(id: string, status: string, willBeRetried = false): readonly Envelope[] {
  const inconclusive = status === 'FAILED' ? 'no answer' : null
  const skip = status === 'SKIPPED' ? { code: 'capability', name: 'pushes', enable: 'x' } : null
  const evidence = { exchanges: [], assertions: [], findings: [], skip, inconclusive }
  const body = JSON.stringify(evidence)
  const step = { testCaseStartedId: id, testStepId: 'step' }
  return [
    envelope({ testCaseStarted: { id, attempt: 0, testCaseId: 'case', ...at } }),
    envelope({ attachment: { ...step, body, mediaType: EVIDENCE_MEDIA_TYPE, contentEncoding: 'IDENTITY' } }),
    envelope({
      testStepFinished: { ...step, testStepResult: { status, duration: { seconds: 0, nanos: 0 } }, ...at },
    }),
    envelope({ testCaseFinished: { testCaseStartedId: id, willBeRetried, ...at } }),
  ]
}

it('reports when a scenario begins, and its outcome when its last attempt is over', () => {
  const watch = liveOutcomes(RUN, () => 'MUST')
  const messages = [...prelude(), ...attempt('first', 'FAILED', true), ...attempt('second', 'FAILED')]
  const events = messages.map(watch).filter((event) => event !== null)
  expect(events).toEqual([
    { kind: 'began', feature: 'Codes' },
    { kind: 'began', feature: 'Codes' },
    {
      kind: 'ended',
      result: expect.objectContaining({
        name: 'one',
        feature: 'Codes',
        outcome: 'inconclusive',
        message: 'no answer',
      }),
    },
  ])
})

it('reports what a flaky scenario is, not how its last attempt ended', () => {
  const watch = liveOutcomes(RUN, () => 'MUST')
  const messages = [...prelude(), ...attempt('first', 'FAILED', true), ...attempt('second', 'SKIPPED')]
  expect(messages.map(watch).at(-1)).toMatchObject({
    kind: 'ended',
    result: { outcome: 'inconclusive', flaky: true, attempts: 2 },
  })
})

it('calls no failure what the baseline says is known', () => {
  const id = 'RELAY-MESSAGE-01'
  const scenarios = [{ line: 1, tags: [id], attempts: [[badStep(id)]] }]
  const entry = { requirement: id, expect: 'got 204', reason: 'not yet' }
  const outcomes = [entry, { ...entry, expect: 'got 500' }].map((each) => {
    const run = runRecord(scenarios, { baseline: { file: 'known.yaml', entries: [each] } })
    const events = messageStream(scenarios).map(liveOutcomes(run, () => 'MUST'))
    return events.flatMap((event) => (event?.kind === 'ended' ? [event.result.outcome] : []))
  })
  expect(outcomes).toEqual([['known-deviation'], ['failed']])
})
