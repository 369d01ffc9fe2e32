import { describe, expect, test } from 'vitest'
import { namedRun } from '../../../tests/golden/named-run.ts'
import {
  assertion,
  badStep,
  exchange,
  goodStep,
  type ScriptedStep,
} from '../../../tests/golden/message-stream.ts'
import { compareRuns } from './compare-runs.ts'
import type { NamedRun } from './named-run.ts'

const [FIRST, SECOND] = ['RELAY-MESSAGE-01', 'RELAY-MESSAGE-02']
const one = { line: 1, tags: [FIRST] }
const two = { line: 2, tags: [SECOND] }
const passing = namedRun('before', [
  { ...one, attempts: [[goodStep(FIRST)]] },
  { ...two, attempts: [[goodStep(SECOND)]] },
])
const failing = namedRun('after', [
  { ...one, attempts: [[badStep(FIRST)]] },
  { ...two, attempts: [[goodStep(SECOND)]] },
])

/** A run of scenarios of one requirement, each with these steps. */
function judgedSame(steps: readonly (readonly ScriptedStep[])[]): NamedRun {
  return namedRun(
    'run',
    steps.map((attempt, index) => ({ line: index + 1, tags: [FIRST], attempts: [attempt] })),
  )
}

function changesOf(...runs: Parameters<typeof compareRuns>): unknown {
  return compareRuns(...runs).requirements.map(({ kind, requirement, blocks }) => [
    kind,
    requirement.id,
    blocks,
  ])
}

describe('compareRuns', () => {
  test('names exactly the requirement that is newly violated', () => {
    expect(changesOf(passing, failing)).toEqual([['newly violated', FIRST, []]])
    expect(compareRuns(passing, failing).regressed).toBe(true)
  })

  test('calls the way back fixed, and no regression', () => {
    expect(changesOf(failing, passing)).toEqual([['fixed', FIRST, []]])
    expect(compareRuns(failing, passing).regressed).toBe(false)
  })

  test('finds nothing between a run and itself', () => {
    expect(compareRuns(failing, failing)).toMatchObject({ requirements: [], cautions: [], regressed: false })
  })

  test('names what a new violation keeps from being verified beside it', () => {
    const blocking = namedRun('after', [
      { ...one, attempts: [[badStep(FIRST)]] },
      { ...two, attempts: [[badStep(FIRST)]] },
    ])
    expect(changesOf(passing, blocking)).toEqual([['newly violated', FIRST, [SECOND]]])
  })

  test('takes a requirement that is no longer verified for a regression', () => {
    const fewer = namedRun('after', [{ ...one, attempts: [[goodStep(FIRST)]] }])
    expect(changesOf(passing, fewer)).toEqual([['no longer verified', SECOND, []]])
    expect(compareRuns(passing, fewer)).toMatchObject({
      regressed: true,
      scenarios: { onlyBefore: ['scenario 2'], onlyAfter: [] },
    })
  })

  test('takes a scenario that passes and asserts less for a regression', () => {
    const both = { exchanges: [exchange()], assertions: [assertion(FIRST), assertion(SECOND)] }
    const more = namedRun('before', [{ ...one, attempts: [[{ evidence: both }]] }])
    const less = namedRun('after', [{ ...one, attempts: [[goodStep(FIRST)]] }])
    expect(compareRuns(more, less)).toMatchObject({
      regressed: true,
      scenarios: { lostAssertions: [{ scenario: 'scenario 1', requirement: SECOND }] },
    })
    expect(compareRuns(less, more).regressed).toBe(false)
  })

  test('takes a run that is no longer conformant, or did not end, for a regression', () => {
    const undecided = { status: 'UNDEFINED' } as const
    const broken = judgedSame([[goodStep(FIRST)], [undecided]])
    expect(compareRuns(judgedSame([[goodStep(FIRST)], [goodStep(FIRST)]]), broken).regressed).toBe(true)
    const cut = namedRun('after', [{ ...one, attempts: [[goodStep(FIRST)]] }], { finishedAt: null })
    const whole = namedRun('before', [{ ...one, attempts: [[goodStep(FIRST)]] }])
    expect([compareRuns(whole, cut).regressed, compareRuns(whole, whole).regressed]).toEqual([true, false])
  })

  test('warns of what the two do not have in common', () => {
    const deployed = namedRun('after', [{ ...one, attempts: [[goodStep(FIRST)]] }], { dialect: 'deployed' })
    expect(compareRuns(passing, deployed).cautions).toEqual([
      'not the same dialect: documented before, deployed after',
    ])
  })
})
