import { describe, expect, test } from 'vitest'
import {
  assertion,
  badStep,
  exchange,
  goodStep,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
  type ScriptedStep,
} from '../../tests/golden/message-stream.ts'
import { judge, type Verdicts } from './judge.ts'
import type { ScenarioResult } from './outcome.ts'

const ID = 'RELAY-MESSAGE-07'
const MAY = 'RELAY-CODE-13'
const register = requirements({ id: ID }, { id: 'RELAY-CODE-01' }, { id: MAY, level: 'MAY' })

function judged(scenario: Partial<ScriptedScenario>, success = true): Verdicts {
  const scripted = { line: 5, tags: [ID], ...scenario }
  return judge(messageStream([scripted], { success }), runRecord([scripted]), register)
}

function result(...steps: readonly ScriptedStep[]): ScenarioResult {
  const [scenario] = judged({ attempts: [steps] }, false).scenarios
  if (scenario === undefined) throw new Error('no scenario was judged')
  return scenario
}

describe('an attempt', () => {
  test('whose violation was not followed up is inconclusive, since its step has not failed', () => {
    const step = {
      status: 'SKIPPED',
      evidence: { assertions: [assertion(ID, { ok: false })], inconclusive: 'the budget' },
    } as const
    expect(result(step)).toMatchObject({ outcome: 'inconclusive', message: 'the budget' })
  })

  test('that asserts something of what the target answered has passed', () => {
    const verdicts = judged({ attempts: [[goodStep(ID)]] })
    expect(verdicts.scenarios[0]).toMatchObject({
      outcome: 'passed',
      message: null,
      name: 'scenario 5',
      feature: 'Messages',
      rule: 'A rule',
      protocol: 'relay',
      requirements: [ID],
      attempts: 1,
      flaky: false,
      assertions: 1,
      exchanges: 1,
      startedAt: '2026-03-01T12:00:01.000Z',
      durationMs: 250,
      steps: [{ keyword: 'Given', text: 'step 0', status: 'passed' }],
    })
    expect(verdicts).toMatchObject({ verdict: 'conformant', exitCode: 0, reasons: [] })
  })

  test('that asserts only for requirements of others has not passed', () => {
    expect(result(goodStep('RELAY-CODE-01'))).toMatchObject({
      outcome: 'harness-error',
      message: `passed without evidence: nothing was asserted for ${ID}`,
    })
  })

  test('that ends at an open point before what it is about is skipped, and not verified', () => {
    const verdicts = judged({ attempts: [[badStep(MAY), { status: 'SKIPPED' }]] }, false)
    expect(verdicts.scenarios[0]).toMatchObject({ outcome: 'skipped', skip: { code: 'open', name: MAY } })
    const row = verdicts.requirements.find(({ requirement }) => requirement.id === ID)
    expect(row?.verdict).toBe('not-verified')
    expect(row?.reason).toMatch(/^skipped:open: RELAY-CODE-13 \(the server does otherwise, as it may: /)
  })

  test('whose step failed in an assertion has failed, and says what, expected and got', () => {
    expect(result(badStep(ID), { status: 'SKIPPED' })).toMatchObject({
      outcome: 'failed',
      message: 'status of PUT /v1/messages/B: expected 409, got 204',
      failure: { requirement: ID, exchange: 'x-1' },
    })
  })

  test('that failed in a hook after a violation has still failed', () => {
    const hook = { status: 'FAILED', exception: 'cleaning up went wrong' } as const
    expect(result(badStep(ID), hook).outcome).toBe('failed')
  })

  test('that failed with no byte from the target shows nothing', () => {
    const broken = assertion(ID, { ok: false, exchange: null })
    expect(result({ status: 'FAILED', evidence: { assertions: [broken] } })).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringMatching(/^the target answered nothing/),
    })
  })

  test('that failed without an assertion is the harness failing, whatever the exception says', () => {
    const exception = 'AssertionError: expected 409, got 204\n  + actual'
    expect(result(goodStep(ID), { status: 'FAILED', exception })).toMatchObject({
      outcome: 'harness-error',
      message: 'AssertionError: expected 409, got 204',
      failure: null,
    })
  })

  test.each(['UNDEFINED', 'AMBIGUOUS', 'PENDING', 'UNKNOWN'] as const)(
    'with a step that is %s is a harness error',
    (status) => {
      expect(result(goodStep(ID), { status })).toMatchObject({
        outcome: 'harness-error',
        message: `step "Given step 1" is ${status.toLowerCase()}`,
      })
    },
  )

  test.each(['PASSED', 'FAILED'] as const)(
    'that met with silence is inconclusive, though it %s',
    (status) => {
      const silent = { status, evidence: { inconclusive: 'the target is unreachable' } }
      expect(result(goodStep(ID), silent)).toMatchObject({
        outcome: 'inconclusive',
        message: 'the target is unreachable',
      })
    },
  )

  test('that lacks a capability is skipped, and says how to enable it', () => {
    const skip = { code: 'capability', name: 'pushes', enable: 'capabilities.pushes: …' } as const
    expect(result({ status: 'SKIPPED', evidence: { skip } })).toMatchObject({
      outcome: 'skipped',
      skip,
      message: 'capability pushes: capabilities.pushes: …',
    })
  })

  test('that was skipped for no reason is a harness error', () => {
    expect(result(goodStep(ID), { status: 'SKIPPED' })).toMatchObject({
      outcome: 'harness-error',
      message: 'skipped without a reason',
    })
  })

  test('that lacks something and passes all the same is a harness error', () => {
    const skip = { code: 'risk', name: 'sends', enable: 'allow: [sends]' } as const
    const step = goodStep(ID)
    expect(result({ ...step, evidence: { ...step.evidence, skip } }).outcome).toBe('harness-error')
  })

  test('that passed without a byte from the target is a harness error', () => {
    const unanswered = exchange({ receivedBytes: 0, response: null })
    const step = { evidence: { exchanges: [unanswered], assertions: [assertion(ID)] } }
    expect(result(step)).toMatchObject({
      outcome: 'harness-error',
      message: 'passed without evidence: the target did not answer a byte',
    })
  })

  test('that passed without an assertion is a harness error', () => {
    expect(result({ evidence: { exchanges: [exchange()] } })).toMatchObject({
      outcome: 'harness-error',
      message: 'passed without evidence: nothing was asserted about the target',
    })
  })

  test('that went on over an assertion that did not hold is a harness error', () => {
    expect(result({ ...badStep(ID), status: 'PASSED' }, goodStep(ID))).toMatchObject({
      outcome: 'harness-error',
      message: expect.stringMatching(/^a step went on although its assertion failed: status of/),
    })
  })

  test('whose evidence cannot be read is a harness error', () => {
    expect(result(goodStep(ID), { attached: '{"assertions":[{"ok":1}]}' })).toMatchObject({
      outcome: 'harness-error',
      message: 'evidence of "Given step 1" is not of the known form',
    })
  })

  test('that names an unknown requirement is a harness error', () => {
    expect(result(badStep('RELAY-MESSAGE-99'))).toMatchObject({
      outcome: 'harness-error',
      message: 'a step speaks of RELAY-MESSAGE-99, which the register does not have',
    })
  })

  test('that did not finish is inconclusive', () => {
    const [scenario] = judged({ attempts: [[goodStep(ID)]], finished: false }).scenarios
    expect(scenario).toMatchObject({ outcome: 'inconclusive', message: 'did not finish' })
  })

  test('shows nothing that a terminal would obey', () => {
    expect(result(badStep(ID, { got: '\u001b[2J' })).message).toMatch(/got \\u\{1b\}\[2J$/)
  })
})

describe('a MAY', () => {
  test('that does not hold is a finding and no failure', () => {
    const verdicts = judged({ tags: [MAY], attempts: [[badStep(MAY), { status: 'SKIPPED' }]] }, false)
    expect(verdicts.scenarios[0]).toMatchObject({ outcome: 'passed', failure: null })
    expect(verdicts.findings).toEqual([
      { requirement: MAY, text: 'status of PUT /v1/messages/B: expected 409, got 204' },
    ])
    expect(verdicts).toMatchObject({ verdict: 'conformant', exitCode: 0 })
  })

  test('does not excuse a MUST that is broken beside it', () => {
    const [scenario] = judged({ tags: [MAY], attempts: [[badStep('RELAY-CODE-01')]] }).scenarios
    expect(scenario).toMatchObject({ outcome: 'failed', failure: { requirement: 'RELAY-CODE-01' } })
  })
})

describe('a retry', () => {
  const unanswered: ScriptedStep = { status: 'FAILED', evidence: { inconclusive: 'gone' } }
  const undefinedStep: ScriptedStep = { status: 'UNDEFINED' }
  const skipping: ScriptedStep = {
    status: 'SKIPPED',
    evidence: { skip: { code: 'capability', name: 'pushes', enable: 'x' } },
  }
  const MISMATCH = 'status of PUT /v1/messages/B: expected 409, got 204'

  function retried(...attempts: readonly ScriptedStep[]) {
    const scripted = { line: 5, tags: [ID], attempts: attempts.map((step) => [step]) }
    return { scripted, stream: messageStream([scripted]) }
  }

  test.each([
    ['failed', [badStep(ID), goodStep(ID)], 1],
    ['failed', [badStep(ID), skipping], 1],
    ['inconclusive', [unanswered, goodStep(ID)], 3],
    ['harness-error', [undefinedStep, goodStep(ID)], 4],
  ] as const)('that passes leaves it %s, and flaky', (outcome, attempts, exitCode) => {
    const { scripted, stream } = retried(...attempts)
    const verdicts = judge(stream, runRecord([scripted]), register)
    expect(verdicts).toMatchObject({ exitCode, totals: { scenarios: { [outcome]: 1, flaky: 1, passed: 0 } } })
    expect(verdicts.scenarios[0]).toMatchObject({
      outcome,
      flaky: true,
      message: expect.stringMatching(/^flaky, passed at attempt 2 of 2; before: /),
    })
    expect(verdicts.requirements[0]?.verdict).not.toBe('verified')
  })

  test('that passes is accepted where flaky scenarios are allowed, and reported as such', () => {
    const { scripted, stream } = retried(badStep(ID), goodStep(ID))
    const { options } = runRecord([])
    const run = runRecord([scripted], { options: { ...options, allowFlaky: true } })
    expect(judge(stream, run, register)).toMatchObject({
      verdict: 'conformant',
      scenarios: [{ outcome: 'passed', flaky: true, attempts: 2, earlier: MISMATCH }],
      totals: { scenarios: { passed: 1, flaky: 1 } },
    })
  })

  test('that ends otherwise does not hide that an earlier attempt failed', () => {
    const { scripted, stream } = retried(badStep(ID), unanswered)
    expect(judge(stream, runRecord([scripted]), register)).toMatchObject({
      exitCode: 1,
      scenarios: [{ outcome: 'failed', message: MISMATCH, flaky: false }],
    })
  })

  test('that fails has failed', () => {
    expect(judged({ attempts: [[badStep(ID)], [badStep(ID)]] }).scenarios[0]).toMatchObject({
      outcome: 'failed',
      flaky: false,
      attempts: 2,
    })
  })

  test('that never came leaves the scenario unjudged', () => {
    const scripted = { line: 5, tags: [ID], attempts: [[badStep(ID)], [goodStep(ID)]] }
    const stream = messageStream([scripted])
    const second = stream.findIndex(({ testCaseStarted }) => testCaseStarted?.attempt === 1)
    const verdicts = judge(stream.slice(0, second), runRecord([scripted], { interrupted: true }), register)
    expect(verdicts.scenarios[0]).toMatchObject({ outcome: 'inconclusive', message: 'did not finish' })
  })
})
