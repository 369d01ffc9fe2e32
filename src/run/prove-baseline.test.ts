import { expect, test } from 'vitest'
import { judge, type Verdicts } from '#verdict/judge.ts'
import {
  badStep,
  goodStep,
  messageStream,
  requirements,
  runRecord,
} from '../../tests/golden/message-stream.ts'
import { outcomeOf } from './prove-baseline.ts'

const ID = 'RELAY-MESSAGE-07'

/** The verdicts of a run of one scenario, whose step is this. */
function verdictsOf(step: ReturnType<typeof goodStep>): Verdicts {
  const scripted = [{ line: 1, tags: [ID], attempts: [[step]] }]
  return judge(messageStream(scripted), runRecord(scripted), requirements({ id: ID }))
}

const red = verdictsOf(badStep(ID))
const green = verdictsOf(goodStep(ID))

test.each([
  ['held', [red, green], '- entry'],
  ['held', [red, { ...green, verdict: 'inconclusive' }], '- entry'],
  ['did-not-hold', [red, red], '- entry'],
  ['none', [green, green], ''],
  ['broken', [red, { ...green, verdict: 'harness-error' }], '- entry'],
  ['interrupted', [red, { ...green, verdict: 'interrupted' }], '- entry'],
] as const)('entries are called %s', (outcome, both, entries) => {
  expect(outcomeOf(both, entries)).toBe(outcome)
})
