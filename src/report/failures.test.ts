import { expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import {
  badStep,
  exchange,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
} from '../../tests/golden/message-stream.ts'
import { failuresOf, skipGroups, unjudgedGroups } from './failures.ts'

const MUST = 'RELAY-MESSAGE-07'
const SHOULD = 'RELAY-CODE-01'
const EMPTY = { kind: 'text', text: '', bytes: 0, cut: false } as const

const register = requirements({ id: SHOULD, level: 'SHOULD' }, { id: MUST })

function judged(scripted: readonly ScriptedScenario[]) {
  return judge(messageStream(scripted), runRecord(scripted), register)
}

test('failures are one for each mismatch, MUST before SHOULD', () => {
  const verdicts = judged([
    { line: 1, tags: [SHOULD], attempts: [[badStep(SHOULD)]] },
    { line: 2, tags: [MUST], attempts: [[badStep(MUST)]] },
    { line: 3, tags: [MUST], attempts: [[badStep(MUST, { got: '500' })]] },
    { line: 4, tags: [MUST], attempts: [[badStep(MUST)]] },
    { line: 5, tags: [MUST], attempts: [[badStep(MUST, { expected: '410' })]] },
  ])
  const failures = failuresOf(verdicts, 'failed').map(({ requirement, scenario, others, exchange }) => [
    requirement.id,
    scenario.line,
    others.map(({ line }) => line),
    exchange?.id,
  ])
  expect(failures).toEqual([
    [MUST, 2, [4], 'x-1'],
    [MUST, 3, [], 'x-1'],
    [MUST, 5, [], 'x-1'],
    [SHOULD, 1, [], 'x-1'],
  ])
  expect(failuresOf(verdicts, 'known-deviation')).toEqual([])
})

test('what differs in each run of a server is the same mismatch', () => {
  const lasting = { thing: 'body', expected: 'a list', got: 'text' }
  const verdicts = judged(
    ['"a"', '"b"'].map((got, at) => ({
      line: at + 1,
      tags: [MUST],
      attempts: [[badStep(MUST, { got, lasting })]],
    })),
  )
  expect(failuresOf(verdicts, 'failed').map(({ others }) => others.length)).toEqual([1])
})

test('an error of the server itself is one failure, whichever requirements it violates', () => {
  const status = { line: 'HTTP/1.1 500 Internal Server Error', status: 500, headers: [], body: EMPTY }
  const failing = (line: number, requirement: string, got: string): ScriptedScenario => {
    const { evidence, ...step } = badStep(requirement, { got })
    return {
      line,
      tags: [requirement],
      attempts: [[{ ...step, evidence: { ...evidence, exchanges: [exchange({ response: status })] } }]],
    }
  }
  const verdicts = judged([failing(1, SHOULD, '500'), failing(2, MUST, '500'), failing(3, MUST, 'another')])
  const failures = failuresOf(verdicts, 'failed').map(({ requirement, also, others }) => [
    requirement.id,
    also.map(({ id }) => id),
    others.length,
  ])
  expect(failures).toEqual([
    [MUST, [SHOULD], 1],
    [MUST, [], 0],
  ])
})

test('what could not be judged is one for each reason', () => {
  const open = (line: number, inconclusive: string): ScriptedScenario => ({
    line,
    tags: [MUST],
    attempts: [[{ status: 'FAILED', evidence: { inconclusive } }]],
  })
  const { scenarios } = judged([open(1, 'no code'), open(2, 'no push'), open(3, 'no code')])
  expect(unjudgedGroups(scenarios).map(({ scenario, alike }) => [scenario.line, alike.length])).toEqual([
    [1, 1],
    [2, 0],
  ])
})

test('a failure that no exchange shows has none', () => {
  const verdicts = judged([{ line: 1, tags: [MUST], attempts: [[badStep(MUST, { exchange: null })]] }])
  expect(failuresOf(verdicts, 'failed')).toMatchObject([{ exchange: null }])
})

test('skips are grouped by what is missing, the most first', () => {
  const skipped = (line: number, name: string): ScriptedScenario => ({
    line,
    tags: [MUST],
    attempts: [
      [{ status: 'SKIPPED', evidence: { skip: { code: 'risk', name, enable: `allow: [${name}]` } } }],
    ],
  })
  const { scenarios } = judged([skipped(1, 'sends'), skipped(2, 'writes'), skipped(3, 'writes')])
  expect(skipGroups(scenarios).map(({ skip, scenarios: all }) => [skip.name, all.length])).toEqual([
    ['writes', 2],
    ['sends', 1],
  ])
})
