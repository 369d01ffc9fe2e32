import { expect, test } from 'vitest'
import { badStep, goodStep } from '../../tests/golden/message-stream.ts'
import { namedRun } from '../../tests/golden/named-run.ts'
import { violatedAreas } from './violated-areas.ts'

const step = (id: string, isGood: boolean) => [[isGood ? goodStep(id) : badStep(id)]]

test('areas with a violation are named in words, with how many were checked', () => {
  const { verdicts } = namedRun('a', [
    { line: 1, tags: ['RELAY-MESSAGE-01'], attempts: step('RELAY-MESSAGE-01', false) },
    { line: 5, tags: ['RELAY-MESSAGE-02'], attempts: step('RELAY-MESSAGE-02', true) },
    { line: 9, tags: ['RELAY-PUSH-01'], attempts: step('RELAY-PUSH-01', true) },
  ])
  expect(violatedAreas(verdicts.requirements)).toEqual(['message submission (1 of 2 checked)'])
})

test('none is named where nothing is violated', () => {
  const { verdicts } = namedRun('a', [
    { line: 1, tags: ['RELAY-PUSH-01'], attempts: step('RELAY-PUSH-01', true) },
  ])
  expect(violatedAreas(verdicts.requirements)).toEqual([])
})
