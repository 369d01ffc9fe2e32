import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Requirement } from '#protocol/register.ts'
import { judge, type Verdicts } from '#verdict/judge.ts'
import {
  assertion,
  badStep,
  exchange,
  goodStep,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
} from './message-stream.ts'

/** What a hostile server may answer: markup, a terminal's control characters, a table's and a fence's signs. */
const HOSTILE = '<script>alert("x")</script>|`\u001b[31m\u202e]]>\uffff'

const MESSAGE = 'RELAY-MESSAGE-07'
const BASIC = 'RELAY-PUSHID-02'
const skip = { code: 'capability', name: 'pushes', enable: 'capabilities: { pushes: … }' } as const

const answered = exchange({
  id: 'x-2',
  request: {
    line: 'PUT /v1/messages/+14155550100 HTTP/1.1',
    headers: [
      ['Host', '127.0.0.1:8080'],
      ['Authorization', 'Basic ${CREDENTIALS}'],
      ['Content-Type', 'application/json'],
    ],
    body: { kind: 'text', text: '{"messages":[{"type":1}]}', bytes: 25, cut: false },
  },
  response: {
    line: 'HTTP/1.1 204 No Content',
    status: 204,
    headers: [['Server', HOSTILE]],
    body: { kind: 'base64', base64: '/////w==', bytes: 4, cut: false },
  },
})

const mismatch = assertion(MESSAGE, {
  ok: false,
  got: `204 ${HOSTILE}`,
  expected: '409 | a list of devices',
  exchange: 'x-2',
})

/** One scenario of every outcome there is. */
const SCENARIOS: readonly ScriptedScenario[] = [
  {
    line: 3,
    name: 'delivers a message',
    tags: ['RELAY-MESSAGE-01'],
    attempts: [[goodStep('RELAY-MESSAGE-01')]],
  },
  {
    line: 8,
    name: `refuses a message for a device that is not there, says the "sender's" list`,
    tags: [MESSAGE],
    attempts: [
      [
        { ...goodStep(MESSAGE) },
        { status: 'FAILED', evidence: { exchanges: [answered], assertions: [mismatch] }, exception: HOSTILE },
        { status: 'SKIPPED' },
      ],
    ],
  },
  {
    line: 14,
    name: 'refuses it twice',
    tags: [MESSAGE],
    attempts: [[badStep(MESSAGE, { ...mismatch, exchange: 'x-1' })]],
  },
  { line: 20, name: 'is known not to', tags: [BASIC], attempts: [[badStep(BASIC, { expected: '200' })]] },
  { line: 26, name: 'works by now', tags: ['RELAY-MESSAGE-02'], attempts: [[goodStep('RELAY-MESSAGE-02')]] },
  {
    line: 32,
    name: 'is pushed',
    tags: ['RELAY-PUSH-01'],
    attempts: [[{ status: 'SKIPPED', evidence: { skip } }]],
  },
  {
    line: 38,
    name: 'stays silent',
    tags: ['RELAY-MESSAGE-03'],
    attempts: [
      [{ evidence: { inconclusive: 'the target is unreachable: connect ECONNREFUSED 127.0.0.1:8080' } }],
    ],
  },
  { line: 44, name: 'has no such step', tags: ['RELAY-MESSAGE-04'], attempts: [[{ status: 'UNDEFINED' }]] },
  {
    line: 50,
    name: 'passes at last',
    tags: ['RELAY-MESSAGE-05'],
    attempts: [[badStep('RELAY-MESSAGE-05')], [goodStep('RELAY-MESSAGE-05')]],
  },
  {
    line: 56,
    name: 'does as it likes',
    tags: ['RELAY-CODE-13'],
    attempts: [[badStep('RELAY-CODE-13', { expected: '400 or 415', got: HOSTILE })]],
  },
]

/** The register of the sample: one requirement for each scenario, and those that a run cannot reach. */
export const REQUIREMENTS: ReadonlyMap<string, Requirement> = requirements(
  { id: 'RELAY-CODE-13', level: 'MAY', sentence: 'A server may answer <either>.' },
  { id: BASIC, sentence: 'Submitting a GCM id returns 200.' },
  ...['01', '02', '03', '04', '05'].map((number) => ({
    id: `RELAY-MESSAGE-${number}`,
    level: 'SHOULD' as const,
  })),
  { id: MESSAGE, sentence: 'A message for a device that is not registered returns 409.' },
  { id: 'RELAY-PUSH-01' },
  { id: 'RELAY-PUSH-02', binds: 'client' },
  { id: 'RELAY-PUSH-03', untestable: 'it is inside the server' },
)

/** The record of the sample, which lets a flaky scenario pass. */
export const RUN: RunRecord = runRecord(SCENARIOS, {
  options: { ...runRecord([]).options, retry: 1, allowFlaky: true },
  baseline: {
    file: 'known.yaml',
    entries: [
      { requirement: BASIC, expect: 'got 204', reason: 'not built yet' },
      { scenario: 'works by now', expect: 'got 204', reason: 'was once so' },
    ],
  },
})

/** The message stream of the sample. */
export function sampleStream(): Envelope[] {
  return messageStream(SCENARIOS, { success: false })
}

/** The sample, judged. */
export function sampleVerdicts(): Verdicts {
  return judge(sampleStream(), RUN, REQUIREMENTS)
}
