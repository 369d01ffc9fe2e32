import { expect, test } from 'vitest'
import { judge, type Verdicts } from '#verdict/judge.ts'
import {
  badStep,
  goodStep,
  messageStream,
  requirements,
  runRecord,
} from '../../tests/golden/message-stream.ts'

import { proofOutcome } from './prove.ts'

const ID = 'RELAY-MESSAGE-07'
const OTHER = 'RELAY-MESSAGE-08'

/** The verdicts of a run of one scenario, whose step is this. */
function verdictsOf(step: ReturnType<typeof goodStep>, tag: string): Verdicts {
  const scripted = [{ line: 1, tags: [tag], attempts: [[step]] }]
  return judge(messageStream(scripted), runRecord(scripted), requirements({ id: ID }, { id: OTHER }))
}

test('a fault is killed where its own requirement is violated', () => {
  expect(proofOutcome(verdictsOf(badStep(ID), ID), ID)).toBe('killed')
})

test('a fault is found elsewhere where other requirements alone are violated', () => {
  expect(proofOutcome(verdictsOf(badStep(OTHER), OTHER), ID)).toBe('found-elsewhere')
})

test('a fault survives a conformant run', () => {
  expect(proofOutcome(verdictsOf(goodStep(ID), ID), ID)).toBe('survived')
})

test.each([
  ['interrupted', 'interrupted'],
  ['harness-error', 'broken'],
  ['inconclusive', 'inconclusive'],
] as const)('a run that ended as %s proves nothing, whatever it found', (verdict, outcome) => {
  expect(proofOutcome({ ...verdictsOf(badStep(ID), ID), verdict }, ID)).toBe(outcome)
})
