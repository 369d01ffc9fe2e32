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
} from '../../tests/golden/message-stream.ts'
import { judge } from './judge.ts'
import type { RequirementResult } from './requirement-verdict.ts'

const ID = 'RELAY-MESSAGE-07'
const BASIC = 'RELAY-PUSHID-02'
const register = requirements(
  { id: ID },
  { id: BASIC },
  { id: 'RELAY-CODE-13', level: 'MAY' },
  { id: 'RELAY-CODE-14', untestable: 'it is inside the server' },
  { id: 'RELAY-CODE-15', binds: 'client' },
)

function verdictOf(
  id: string,
  scenarios: readonly ScriptedScenario[],
  changes: Partial<RunRecord> = {},
): RequirementResult | undefined {
  return judge(messageStream(scenarios), runRecord(scenarios, changes), register).requirements.find(
    ({ requirement }) => requirement.id === id,
  )
}

const passed: ScriptedScenario = { line: 5, tags: [ID], attempts: [[goodStep(ID)]] }
const failed: ScriptedScenario = { line: 9, tags: [ID], attempts: [[badStep(ID)]] }
const stopped: ScriptedScenario = { line: 9, tags: [ID], attempts: [[badStep(BASIC)]] }

describe('a requirement', () => {
  test('is verified where a scenario of its own passed and none failed', () => {
    expect(verdictOf(ID, [passed])).toMatchObject({
      verdict: 'verified',
      reason: null,
      scenarios: [{ line: 5, outcome: 'passed' }],
    })
  })

  test('is violated by one failure made for it, whatever else passed', () => {
    expect(verdictOf(ID, [passed, failed])).toMatchObject({
      verdict: 'violated',
      reason: 'status of PUT /v1/messages/B: expected 409, got 204',
    })
  })

  test('is violated by a scenario of another requirement that set out with it', () => {
    expect(verdictOf(BASIC, [stopped])).toMatchObject({ verdict: 'violated', scenarios: [{ line: 9 }] })
  })

  test('is blocked where its scenario stopped at another requirement', () => {
    expect(verdictOf(ID, [passed, stopped])).toMatchObject({
      verdict: 'not-verified',
      reason: `blocked: ${BASIC} status of PUT /v1/messages/B: expected 409, got 204`,
    })
  })

  test('is a known deviation only where every failure is known', () => {
    const known = { scenario: 'scenario 9', expect: 'got 204', reason: 'known' }
    const baseline = { file: 'b.yaml', entries: [known] }
    expect(verdictOf(ID, [failed], { baseline })?.verdict).toBe('known-deviation')
    expect(verdictOf(ID, [failed, { ...failed, line: 12 }], { baseline })?.verdict).toBe('violated')
  })

  test('says which capability its scenario lacked', () => {
    const skip = { code: 'capability', name: 'pushes', enable: 'pushes: …' } as const
    const skipped = { line: 5, tags: [ID], attempts: [[{ status: 'SKIPPED', evidence: { skip } } as const]] }
    expect(verdictOf(ID, [skipped])).toMatchObject({
      verdict: 'not-verified',
      reason: 'skipped:capability: pushes (to enable: pushes: …)',
    })
  })

  test('says why its scenario could not be judged', () => {
    const open = { line: 5, tags: [ID], attempts: [[{ evidence: { inconclusive: 'unreachable' } }]] }
    expect(verdictOf(ID, [open])?.reason).toBe('inconclusive: unreachable')
  })

  test('says that the harness failed', () => {
    const broken = { line: 5, tags: [ID], attempts: [[{ evidence: { exchanges: [exchange()] } }]] }
    expect(verdictOf(ID, [broken])?.reason).toMatch(/^harness: passed without evidence/)
  })

  test('of a MAY that did not hold says what was observed', () => {
    const may = { line: 5, tags: ['RELAY-CODE-13'], attempts: [[badStep('RELAY-CODE-13')]] }
    expect(verdictOf('RELAY-CODE-13', [may])?.reason).toMatch(/^observed: status of PUT/)
  })

  test('of a MAY that held is verified, findings and all', () => {
    const findings = [{ requirement: 'RELAY-CODE-13', text: 'answers 400' }]
    const evidence = { exchanges: [exchange()], assertions: [assertion('RELAY-CODE-13')], findings }
    const may = { line: 5, tags: ['RELAY-CODE-13'], attempts: [[{ evidence }]] }
    expect(verdictOf('RELAY-CODE-13', [may])?.verdict).toBe('verified')
  })

  test.each([
    ['RELAY-CODE-14', 'untestable: it is inside the server'],
    ['RELAY-CODE-15', 'client: binds the client, of which a server shows nothing'],
    [BASIC, 'no-scenario'],
  ])('%s that no scenario is for says why: %s', (id, reason) => {
    expect(verdictOf(id, [passed])).toMatchObject({ verdict: 'not-verified', reason })
  })

  test('whose scenario was left out is not selected', () => {
    const others = { line: 20, tags: [BASIC] }
    const run = runRecord([passed])
    const verdicts = judge(messageStream([passed, others]), run, register)
    expect(verdicts.requirements[1]).toMatchObject({ verdict: 'not-verified', reason: 'not-selected' })
    expect(verdicts.exitCode).toBe(0)
  })

  test('of a run that executed nothing says why that is', () => {
    expect(verdictOf(ID, [], { preflight: 'the target answers everything with 200' })?.reason).toBe(
      'inconclusive: the target answers everything with 200',
    )
  })
})
