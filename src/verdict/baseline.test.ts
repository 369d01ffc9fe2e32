import { describe, expect, test } from 'vitest'
import type { BaselineEntry, RunRecord } from '#evidence/run-record.ts'
import {
  badStep,
  goodStep,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
} from '../../tests/golden/message-stream.ts'
import { judge, type Verdicts } from './judge.ts'

const ID = 'RELAY-MESSAGE-07'
const OTHER = 'RELAY-MESSAGE-08'
const MAY = 'RELAY-CODE-13'
const register = requirements({ id: ID }, { id: OTHER }, { id: MAY, level: 'MAY' })
const fails: ScriptedScenario = { line: 5, name: 'refuses', tags: [ID], attempts: [[badStep(ID)]] }
const passes: ScriptedScenario = { line: 5, name: 'refuses', tags: [ID], attempts: [[goodStep(ID)]] }
const entry: BaselineEntry = { requirement: ID, expect: 'expected 409, got 204', reason: 'not built yet' }

function judged(
  scenarios: readonly ScriptedScenario[],
  entries: readonly BaselineEntry[],
  changes: Partial<RunRecord> = {},
): Verdicts {
  const baseline = { file: 'known.yaml', entries }
  return judge(messageStream(scenarios), runRecord(scenarios, { baseline, ...changes }), register)
}

const selection = {
  tags: null,
  shard: null,
  order: 'defined',
  only: [],
  scenarios: [`features/relay/messages.feature:5`],
}

describe('an entry that matches', () => {
  test('by requirement takes every such failure, and the run conforms', () => {
    const verdicts = judged([fails, { ...fails, line: 9, tags: [OTHER] }], [entry])
    expect(verdicts.scenarios).toMatchObject([
      { outcome: 'known-deviation', baselineEntry: 1 },
      { outcome: 'known-deviation', baselineEntry: 1 },
    ])
    expect(verdicts).toMatchObject({ verdict: 'conformant', exitCode: 0, remarks: [] })
    expect(verdicts.requirements[0]).toMatchObject({
      verdict: 'known-deviation',
      reason: 'status of PUT /v1/messages/B: expected 409, got 204 (not built yet)',
    })
  })

  test('by the name of the scenario matches its failure only', () => {
    const named = { scenario: 'refuses', expect: 'got 204', reason: 'known' }
    const verdicts = judged([fails, { ...fails, line: 9, name: 'another' }], [named])
    expect(verdicts.scenarios.map(({ outcome }) => outcome)).toEqual(['known-deviation', 'failed'])
    expect(verdicts).toMatchObject({ verdict: 'non-conformant', exitCode: 1 })
  })

  test('of a requirement and a scenario takes no failure of another scenario, and quotes itself', () => {
    const scoped = { ...entry, scenario: 'refuses' }
    const another = { ...entry, scenario: 'another', expect: 'expected 409, got 500' }
    const scenarios = [fails, { ...passes, line: 9, name: 'another' }]
    const verdicts = judged(scenarios, [another, scoped])
    expect(verdicts.scenarios).toMatchObject([
      { outcome: 'known-deviation', baselineEntry: 2 },
      { outcome: 'unexpected-pass', baselineEntry: 1 },
    ])
    expect(verdicts.reasons).toEqual([
      'known.yaml: entry 1 (RELAY-MESSAGE-07 "another") did not come true: expected "expected 409, got 500", but "another" passed; remove the entry',
    ])
  })

  test('matches whole words: the beginning of a number is another number', () => {
    expect(judged([fails], [{ ...entry, expect: 'got 20' }]).scenarios[0]?.outcome).toBe('failed')
    expect(judged([fails], [{ ...entry, expect: '409, got 204' }]).exitCode).toBe(0)
  })

  test('matches what a failure lastingly says, and not what was drawn in this run', () => {
    const lasting = { thing: 'token', expected: 'none', got: '‹token of Bob›' }
    const step = badStep(ID, { thing: 'token', expected: 'none', got: 'u2RxMY8DaFi7xQ', lasting })
    const drawn = { ...fails, attempts: [[step]] }
    const verdicts = judged([drawn], [{ ...entry, expect: 'expected none, got ‹token of Bob›' }])
    expect(verdicts).toMatchObject({
      exitCode: 0,
      scenarios: [{ message: 'token: expected none, got u2RxMY8DaFi7xQ' }],
    })
    expect(judged([drawn], [{ ...entry, expect: 'got u2RxMY8DaFi7xQ' }]).reasons.at(-1)).toMatch(
      /failed for another reason: expected "got u2RxMY8DaFi7xQ", got "token: expected none, got ‹token of Bob›"$/,
    )
  })

  test('holds up to and including its last day', () => {
    expect(judged([fails], [{ ...entry, until: '2026-03-01' }])).toMatchObject({ exitCode: 0, remarks: [] })
  })

  test('first in the file takes the failure; one after it is needless', () => {
    const verdicts = judged([fails], [entry, { ...entry, expect: 'got 204' }])
    expect(verdicts.scenarios[0]).toMatchObject({ outcome: 'known-deviation', baselineEntry: 1 })
    expect(verdicts.exitCode).toBe(1)
    expect(verdicts.reasons).toEqual([
      'known.yaml: entry 2 (RELAY-MESSAGE-07) is needless: entry 1 takes the same failure',
    ])
  })
})

describe('an entry that matched nothing', () => {
  test('is not looked at where it is for a protocol that was not verified', () => {
    const elsewhere = { ...entry, requirement: 'MSTORE-PROFILE-01' }
    expect(judged([passes], [elsewhere])).toMatchObject({ verdict: 'conformant', remarks: [] })
    expect(judged([passes], [elsewhere], { protocols: ['relay', 'mstore'] })).toMatchObject({
      verdict: 'non-conformant',
      remarks: [{ text: expect.stringContaining('MSTORE-PROFILE-01') }],
    })
  })

  test('because its scenario passed makes that pass unexpected', () => {
    const verdicts = judged([passes], [entry])
    expect(verdicts.scenarios[0]).toMatchObject({ outcome: 'unexpected-pass', baselineEntry: 1 })
    expect(verdicts).toMatchObject({ verdict: 'non-conformant', exitCode: 1 })
    expect(verdicts.reasons).toEqual([
      'known.yaml: entry 1 (RELAY-MESSAGE-07) did not come true: expected "expected 409, got 204", but "refuses" passed; remove the entry',
    ])
    expect(verdicts.requirements[0]).toMatchObject({ verdict: 'verified' })
  })

  test('because it failed for another reason leaves the failure new', () => {
    const verdicts = judged([fails], [{ ...entry, expect: 'got 500' }])
    expect(verdicts.scenarios[0]?.outcome).toBe('failed')
    expect(verdicts.reasons).toEqual([
      '1 MUST requirement violated',
      'known.yaml: entry 1 (RELAY-MESSAGE-07) failed for another reason: expected "got 500", got "status of PUT /v1/messages/B: expected 409, got 204"',
    ])
  })

  test('because the failure of its requirement is that of another entry is not said to have failed in that way', () => {
    const another = { ...entry, scenario: 'refuses', expect: 'got 500' }
    const elsewhere = { ...passes, line: 9, name: 'takes another' }
    const unscoped = { ...entry, expect: 'got 500' }
    expect(judged([fails], [entry, another]).reasons).toEqual([
      'known.yaml: entry 2 (RELAY-MESSAGE-07 "refuses") is needless: no failure has "got 500", and entry 1 takes the one there is',
    ])
    expect(judged([fails, elsewhere], [entry, unscoped]).reasons.join()).toMatch(
      /entry 2 .* did not come true: expected "got 500", but "takes another" passed/,
    )
  })

  test('because it has expired leaves the failure new', () => {
    const verdicts = judged([fails], [{ ...entry, until: '2026-02-28' }])
    expect(verdicts.scenarios[0]?.outcome).toBe('failed')
    expect(verdicts.reasons.at(-1)).toMatch(/entry 1 .* has expired: it held until 2026-02-28/)
  })

  test.each([
    [{ ...entry, requirement: 'RELAY-MESSAGE-99' }, /names nothing: the register has no such requirement/],
    [
      { scenario: 'nobody', expect: 'x', reason: 'r' },
      /names nothing: no feature has a scenario of this name/,
    ],
    [{ expect: 'x', reason: 'r' }, /names neither a requirement nor a scenario/],
    [{ ...entry, requirement: OTHER }, /concerns no scenario of the suite/],
  ])('because it names nothing fails the run: %j', (stale, line) => {
    const verdicts = judged([passes], [stale])
    expect(verdicts).toMatchObject({ verdict: 'non-conformant', exitCode: 1 })
    expect(verdicts.reasons.join()).toMatch(line)
  })

  test('because a MAY never fails is needless', () => {
    const may = { line: 5, tags: [MAY], attempts: [[badStep(MAY)]] }
    const verdicts = judged([may], [{ ...entry, requirement: MAY }])
    expect(verdicts.exitCode).toBe(1)
    expect(verdicts.reasons.join()).toMatch(/is needless: a MAY never fails a run/)
  })

  test('because its scenario was skipped fails the run', () => {
    const skip = { code: 'capability', name: 'pushes', enable: 'pushes: …' } as const
    const skipped = { ...passes, attempts: [[{ status: 'SKIPPED', evidence: { skip } } as const]] }
    const other = { ...passes, line: 9, tags: [OTHER], attempts: [[goodStep(OTHER)]] }
    const verdicts = judged([skipped, other], [entry])
    expect(verdicts.exitCode).toBe(1)
    expect(verdicts.reasons.join()).toMatch(
      /was not checked: "refuses" was skipped, since it needs capability pushes/,
    )
  })

  test('because its scenario could not be judged leaves that to the scenario', () => {
    const open = { ...passes, attempts: [[{ evidence: { inconclusive: 'unreachable' } }]] }
    const verdicts = judged([open, { ...passes, line: 9 }], [entry])
    expect(verdicts).toMatchObject({ verdict: 'inconclusive', exitCode: 3 })
    expect(verdicts.remarks).toEqual([
      {
        entry: 1,
        fails: false,
        text: 'known.yaml: entry 1 (RELAY-MESSAGE-07) could not be checked: "refuses" is inconclusive',
      },
    ])
  })

  test.each([{ only: [ID] }, { tags: '@x' }, { shard: '1/2' }])(
    'because little was selected is only noted: %j',
    (changes) => {
      const narrowed = { ...selection, ...changes }
      const verdicts = judged([passes], [{ ...entry, requirement: OTHER }], { selection: narrowed })
      expect(verdicts).toMatchObject({ exitCode: 0, remarks: [{ entry: 1, fails: false }] })
    },
  )

  test('because it is for another dialect is not looked at', () => {
    const verdicts = judged([fails], [{ ...entry, dialect: 'deployed' }])
    expect(verdicts.scenarios[0]?.outcome).toBe('failed')
    expect(verdicts.remarks).toEqual([])
  })
})

test('silence satisfies no entry', () => {
  const broken = badStep(ID)
  const silent = { ...broken, evidence: { ...broken.evidence, exchanges: [] } }
  expect(judged([{ ...fails, attempts: [[silent]] }], [entry])).toMatchObject({
    verdict: 'inconclusive',
    exitCode: 3,
    scenarios: [{ outcome: 'inconclusive', baselineEntry: null }],
  })
})

test('a run that executed nothing says nothing of its baseline', () => {
  expect(judged([], [entry], { preflight: 'the target says yes to everything' })).toMatchObject({
    verdict: 'inconclusive',
    remarks: [],
  })
})
