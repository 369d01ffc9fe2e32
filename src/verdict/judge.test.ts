import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
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

const MUST = 'RELAY-MESSAGE-07'
const SHOULD = 'RELAY-MESSAGE-08'
const register = requirements({ id: MUST }, { id: SHOULD, level: 'SHOULD' })

const skip = { code: 'risk', name: 'sends', enable: 'allow: [sends]' } as const
const passes: ScriptedScenario = { line: 5, tags: [MUST], attempts: [[goodStep(MUST)]] }
const failing: ScriptedScenario = { line: 6, tags: [MUST], attempts: [[badStep(MUST)]] }
const skipping: ScriptedScenario = {
  line: 7,
  tags: [SHOULD],
  attempts: [[{ status: 'SKIPPED', evidence: { skip } }]],
}
const silent: ScriptedScenario = {
  line: 8,
  tags: [MUST],
  attempts: [[{ evidence: { inconclusive: 'gone' } }]],
}
const broken: ScriptedScenario = { line: 9, tags: [MUST], attempts: [[{ status: 'UNDEFINED' }]] }

function judged(scenarios: readonly ScriptedScenario[], changes: Partial<RunRecord> = {}): Verdicts {
  return judge(messageStream(scenarios), runRecord(scenarios, changes), register)
}

function options(changes: Partial<RunRecord['options']>): Pick<RunRecord, 'options'> {
  return { options: { ...runRecord([]).options, ...changes } }
}

describe('the verdict of a run', () => {
  test.each([
    [[passes, skipping], 'conformant', 0],
    [[passes, failing], 'non-conformant', 1],
    [[passes, silent], 'inconclusive', 3],
    [[passes, silent, failing], 'non-conformant', 1],
    [[passes, silent, failing, broken], 'harness-error', 4],
    [[skipping], 'inconclusive', 3],
    [[], 'inconclusive', 3],
  ])('is that of the worst that happened: %#', (scenarios, verdict, exitCode) => {
    expect(judged(scenarios)).toMatchObject({ verdict, exitCode })
  })

  test('gives every reason, the worst first', () => {
    expect(judged([passes, silent, failing, broken]).reasons).toEqual([
      'the harness itself failed in 1 scenario',
      '1 MUST requirement violated',
      '1 scenario could not be judged',
    ])
    expect(judged([skipping]).reasons).toEqual(['nothing was verified: no scenario was executed to its end'])
  })

  test('of an interrupted run is that it was interrupted, whatever it found', () => {
    const verdicts = judge(
      messageStream([failing, { ...passes, attempts: undefined }] as ScriptedScenario[], { finished: false }),
      runRecord([failing, passes], { interrupted: true }),
      register,
    )
    expect(verdicts).toMatchObject({ verdict: 'interrupted', exitCode: 130 })
    expect(verdicts.scenarios).toMatchObject([
      { line: 5, outcome: 'inconclusive', message: 'did not run: the run was interrupted' },
      { line: 6, outcome: 'failed' },
    ])
  })

  test('of a target that failed the checks before the run is inconclusive', () => {
    const verdicts = judge([], runRecord([passes], { preflight: 'no answer from the target' }), register)
    expect(verdicts).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 3,
      reasons: ['nothing was executed: no answer from the target'],
      scenarios: [],
      harnessErrors: [],
    })
  })

  test('leaves out a SHOULD where only a MUST is to fail it', () => {
    const should = { ...failing, tags: [SHOULD], attempts: [[badStep(SHOULD)]] }
    expect(judged([should])).toMatchObject({ exitCode: 1, reasons: ['1 SHOULD requirement violated'] })
    expect(judged([should], options({ failOn: 'must' }))).toMatchObject({
      exitCode: 0,
      requirements: [{}, { verdict: 'violated' }],
    })
    expect(judged([failing], options({ failOn: 'must' }))).toMatchObject({ exitCode: 1 })
  })

  test('is incomplete where completeness is required and something was skipped', () => {
    expect(judged([passes, skipping], options({ requireComplete: true }))).toMatchObject({
      verdict: 'incomplete',
      exitCode: 3,
      reasons: [
        '1 scenario skipped, and completeness is required',
        '1 testable requirement not verified, and completeness is required',
      ],
    })
  })

  test('is complete where a narrowed run verified all that it selected', () => {
    const run = runRecord([passes], options({ requireComplete: true }))
    const narrowed = { ...run, selection: { ...run.selection, only: [MUST] } }
    expect(judge(messageStream([passes]), narrowed, register)).toMatchObject({ exitCode: 0 })
    expect(judge(messageStream([passes]), run, register)).toMatchObject({ verdict: 'incomplete' })
  })

  test('counts what happened', () => {
    expect(judged([passes, failing, skipping, silent, broken]).totals).toEqual({
      scenarios: {
        selected: 5,
        judged: 5,
        passed: 1,
        failed: 1,
        'known-deviation': 0,
        'unexpected-pass': 0,
        skipped: 1,
        inconclusive: 1,
        'harness-error': 1,
        flaky: 0,
      },
      requirements: { verified: 0, violated: 1, 'known-deviation': 0, 'not-verified': 1 },
      notVerified: expect.objectContaining({ skipped: 1, client: 0 }),
      exchanges: 2,
      assertions: 2,
    })
  })
})

describe('a message stream', () => {
  test('in which a selected scenario never ran is a harness error', () => {
    const verdicts = judge(messageStream([passes]), runRecord([passes, failing]), register)
    expect(verdicts).toMatchObject({ verdict: 'harness-error', exitCode: 4 })
    expect(verdicts.scenarios[1]).toMatchObject({ line: 6, message: 'was selected but never ran' })
  })

  test.each([
    [true, 'inconclusive'],
    [false, 'harness-error'],
  ])('that stops at a failure may leave scenarios out only with fail-fast: %s', (failFast, outcome) => {
    const verdicts = judge(
      messageStream([failing]),
      runRecord([failing, passes], options({ failFast })),
      register,
    )
    expect(verdicts.scenarios[0]).toMatchObject({ line: 5, outcome })
  })

  test('in which fail-fast skipped the rest says so', () => {
    const skipped: ScriptedScenario = { line: 7, tags: [MUST], attempts: [[{ status: 'SKIPPED' }]] }
    expect(judged([failing, skipped], options({ failFast: true })).scenarios[1]).toMatchObject({
      outcome: 'inconclusive',
      message: 'did not run: the run was to stop at the first failure',
    })
  })

  test('with a scenario that was not selected is a harness error', () => {
    const verdicts = judge(messageStream([passes, failing]), runRecord([failing]), register)
    expect(verdicts.harnessErrors).toEqual(['features/relay/messages.feature:5: ran without being selected'])
    expect(verdicts.exitCode).toBe(4)
  })

  test('with a tag that is in no register is a harness error', () => {
    const verdicts = judged([{ ...passes, tags: [MUST, 'RELAY-MESSAGE-99', 'destroys'] }])
    expect(verdicts.harnessErrors).toEqual([
      'features/relay/messages.feature:5: tag @RELAY-MESSAGE-99 is in no register',
    ])
  })

  test('that ends too early is a harness error where the record says that the run ended', () => {
    const stream = messageStream([passes], { finished: false })
    expect(judge(stream, runRecord([passes]), register)).toMatchObject({
      exitCode: 4,
      harnessErrors: ['message stream: it ends before the run does'],
    })
    const killed = runRecord([passes], { finishedAt: null, durationMs: null })
    expect(judge(stream, killed, register)).toMatchObject({
      exitCode: 3,
      reasons: ['the run did not come to its end'],
    })
  })

  test('that says it failed while nothing did is a harness error', () => {
    const verdicts = judge(messageStream([passes], { success: false }), runRecord([passes]), register)
    expect(verdicts).toMatchObject({
      exitCode: 4,
      reasons: ['message stream: it says that the run failed, and no scenario did'],
    })
  })

  test('is in order of the feature files and their lines, and its findings in that of requirements and texts', () => {
    const finding = (requirement: string, text: string) => ({ requirement, text })
    const scripted = (line: number, uri: string, texts: readonly string[]): ScriptedScenario => ({
      line,
      uri,
      tags: [MUST],
      attempts: [
        [{ evidence: { findings: texts.flatMap((text) => [finding(SHOULD, text), finding(MUST, text)]) } }],
      ],
    })
    const verdicts = judged([
      scripted(7, 'features/relay/b.feature', ['b', 'c']),
      scripted(12, 'features/relay/a.feature', ['a', 'b']),
      scripted(3, 'features/relay/a.feature', ['c']),
    ])
    expect(verdicts.scenarios.map(({ uri, line }) => `${uri.slice(-9, -8)}${line}`)).toEqual([
      'a3',
      'a12',
      'b7',
    ])
    expect(verdicts.findings).toEqual(
      [MUST, SHOULD].flatMap((id) => ['a', 'b', 'c'].map((text) => finding(id, text))),
    )
  })

  test('of several runs says that it failed where any did', () => {
    const timestamp = { seconds: 0, nanos: 0 }
    const failedRun = [
      { testRunStarted: { timestamp } },
      { testRunFinished: { success: false, timestamp } },
    ] as unknown as ReturnType<typeof messageStream>
    expect(judge([...failedRun, ...messageStream([passes])], runRecord([passes]), register)).toMatchObject({
      exitCode: 4,
      reasons: ['message stream: it says that the run failed, and no scenario did'],
    })
  })

  test('with a skipped hook around the run is none', () => {
    const result = { status: 'SKIPPED', duration: { seconds: 0, nanos: 0 } }
    const hook = {
      testRunHookFinished: { testRunHookStartedId: 'h', result, timestamp: { seconds: 0, nanos: 0 } },
    }
    const stream = [hook, ...messageStream([passes])] as unknown as ReturnType<typeof messageStream>
    expect(judge(stream, runRecord([passes]), register)).toMatchObject({ exitCode: 0, harnessErrors: [] })
  })

  test('with a failed hook around the run, or a feature that does not parse, is a harness error', () => {
    const result = { status: 'FAILED', message: 'Error: no mock\n at x', duration: { seconds: 0, nanos: 0 } }
    const faults = [
      { testRunHookFinished: { testRunHookStartedId: 'h', result, timestamp: { seconds: 0, nanos: 0 } } },
      { parseError: { source: { uri: 'features/x.feature' }, message: '(1:1): expected a feature' } },
    ] as unknown as ReturnType<typeof messageStream>
    const verdicts = judge([...faults, ...messageStream([passes])], runRecord([passes]), register)
    expect(verdicts.harnessErrors).toEqual([
      'a hook around the run failed: Error: no mock',
      'features/x.feature: (1:1): expected a feature',
    ])
    const failed = judge(
      [...faults, ...messageStream([passes], { success: false })],
      runRecord([passes]),
      register,
    )
    expect(failed.harnessErrors).toEqual(verdicts.harnessErrors)
  })

  test('whose record has harness errors is a harness error', () => {
    expect(judged([passes], { harnessErrors: ['the mock could not start'] })).toMatchObject({
      exitCode: 4,
      reasons: ['the mock could not start'],
    })
  })
})

const evidenceless: fc.Arbitrary<ScriptedStep> = fc.record({
  status: fc.constantFrom('PASSED', 'FAILED', 'SKIPPED', 'UNDEFINED', 'PENDING'),
  evidence: fc.oneof(
    fc.constant({}),
    fc.constant({ skip }),
    fc.constant({ inconclusive: 'gone' }),
    fc.constant({ exchanges: [exchange()] }),
    fc.boolean().map((ok) => ({ assertions: [assertion(MUST, { ok })] })),
    fc.boolean().map((ok) => ({
      exchanges: [exchange({ receivedBytes: 0 })],
      assertions: [assertion(SHOULD, { ok })],
    })),
  ),
})

/** Scenarios of which each has either no byte of the target's or no assertion. */
const scenarios = fc
  .array(
    fc.array(evidenceless, { maxLength: 1 }).map((steps) => [steps]),
    { maxLength: 5 },
  )
  .map((all) => all.map((attempts, index) => ({ line: index + 1, tags: [MUST], attempts })))

describe('whatever happens', () => {
  property.prop([scenarios, fc.constantFrom('must', 'should'), fc.boolean()])(
    'no run without evidence conforms',
    (scripted, failOn, baselined) => {
      const known = { requirement: MUST, expect: 'expected', reason: 'known' }
      const baseline = baselined ? { file: 'b.yaml', entries: [known] } : null
      expect(judged(scripted, { ...options({ failOn }), baseline }).exitCode).not.toBe(0)
    },
  )

  property.prop([fc.nat({ max: 40 })])('no stream that is cut off conforms', (kept) => {
    const all = messageStream([passes, { ...passes, line: 6 }])
    const cut = all.slice(0, Math.min(kept, all.length - 1))
    expect(judge(cut, runRecord([passes, { ...passes, line: 6 }]), register).exitCode).not.toBe(0)
  })
})
