import { describe, expect, test } from 'vitest'
import {
  assertion,
  exchange,
  messageStream,
  requirements,
  runRecord,
  type ScriptedStep,
} from '../../tests/golden/message-stream.ts'
import { judge, type Verdicts } from './judge.ts'

const QUERY = 'PUT /v1/directory/tokens'
const BASIC = 'RELAY-DIRECTORY-01'
const OTHER = 'RELAY-DIRECTORY-05'
const MILD = 'RELAY-ENCODING-19'
const register = requirements(
  { id: BASIC },
  { id: OTHER },
  { id: 'RELAY-AUTH-01' },
  { id: MILD, level: 'SHOULD' },
)

function answered(status: number, id = 'x-1', operation = QUERY) {
  const body = { kind: 'text', text: '', bytes: 0, cut: false } as const
  return exchange({ id, operation, response: { line: '', status, headers: [], body } })
}

/** A step that asked for the directory, and was to get `expected`. */
function asked(requirement: string, status: number, expected = '200 or 204'): ScriptedStep {
  const compared = { thing: `status of ${QUERY}`, expected, got: String(status) }
  const ok = expected.includes(String(status))
  return {
    status: ok ? 'PASSED' : 'FAILED',
    evidence: { exchanges: [answered(status)], assertions: [assertion(requirement, { ...compared, ok })] },
  }
}

function judged(...steps: readonly (readonly [tag: string, step: ScriptedStep])[]): Verdicts {
  const scenarios = steps.map(([tag, step], index) => ({ line: index + 1, tags: [tag], attempts: [[step]] }))
  return judge(messageStream(scenarios, { success: false }), runRecord(scenarios), register)
}

const outcomes = ({ scenarios }: Verdicts) => scenarios.map(({ outcome }) => outcome)

describe('an operation that is answered 404, 405 or 501 everywhere', () => {
  test('is reported once, and all that asked for it depends on that', () => {
    const verdicts = judged(
      [OTHER, asked(OTHER, 404, '415')],
      [OTHER, asked(BASIC, 405)],
      [BASIC, asked(BASIC, 404)],
      ['RELAY-AUTH-01', asked('RELAY-AUTH-01', 404, '404')],
    )
    expect(outcomes(verdicts)).toEqual(['skipped', 'skipped', 'failed', 'skipped'])
    expect(verdicts.scenarios[2]?.message).toMatch(/^not implemented: PUT \/v1\/directory\/tokens: /)
    expect(verdicts.requirements.slice(0, 3).map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['violated', expect.stringMatching(/^not implemented: /)],
      [
        'not-verified',
        expect.stringMatching(
          /^skipped:unimplemented: .*RELAY-DIRECTORY-01 is violated: every request got 404 and 405/,
        ),
      ],
      ['not-verified', expect.stringMatching(/^skipped:unimplemented: /)],
    ])
    expect(verdicts).toMatchObject({ verdict: 'non-conformant', exitCode: 1 })
  })

  test('is reported for a MUST where that alone counts, whatever came first', () => {
    const scenarios = [MILD, BASIC].map((tag, index) => ({
      line: index + 1,
      tags: [tag],
      attempts: [[asked(tag, 404)]],
    }))
    const outcomesWith = (failOn: 'must' | 'should'): readonly string[] => {
      const run = runRecord(scenarios)
      const options = { ...run.options, failOn }
      return outcomes(judge(messageStream(scenarios, { success: false }), { ...run, options }, register))
    }
    expect(outcomesWith('must')).toEqual(['skipped', 'failed'])
    expect(outcomesWith('should')).toEqual(['failed', 'skipped'])
  })

  test('may ask for credentials first', () => {
    const challenged = {
      ...asked(BASIC, 501),
      evidence: {
        exchanges: [answered(401, 'x-0'), answered(501)],
        assertions: [assertion(BASIC, { thing: 'status of x', expected: '200', got: '501', ok: false })],
      },
    }
    expect(outcomes(judged([BASIC, challenged], [OTHER, asked(BASIC, 501)]))).toEqual(['failed', 'skipped'])
  })
})

describe('an operation that is not', () => {
  test.each<[string, number]>([
    ['succeeds once', 200],
    ['fails otherwise once', 500],
  ])('where it %s keeps every red', (_, status) => {
    const verdicts = judged(
      [BASIC, asked(BASIC, 404)],
      [OTHER, asked(BASIC, 404)],
      [OTHER, asked(OTHER, status, String(status))],
    )
    expect(outcomes(verdicts)).toEqual(['failed', 'failed', 'passed'])
  })

  test('leaves what fails for another reason alone', () => {
    const wrong = {
      ...asked(OTHER, 404, 'an empty list'),
      evidence: {
        exchanges: [answered(404)],
        assertions: [assertion(OTHER, { thing: 'contacts', ok: false })],
      },
    }
    expect(outcomes(judged([BASIC, asked(BASIC, 404)], [OTHER, { ...wrong, status: 'FAILED' }]))).toEqual([
      'failed',
      'failed',
    ])
  })
})
