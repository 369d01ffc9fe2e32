import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import { runRecord } from '../../tests/golden/message-stream.ts'
import { REQUIREMENTS, RUN, sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { summarise } from './summary.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/summary.json', import.meta.url), 'utf8'),
) as object
const conforms = new Ajv2020({ allErrors: true, strict: true }).compile(schema)

function written(summary: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(summary)) as Record<string, unknown>
}

describe('summary.json', () => {
  test('says what happened, in the form of its schema', () => {
    const summary = written(summarise(sampleVerdicts(), RUN))
    conforms(summary)
    expect(conforms.errors).toBeNull()
    expect(summary).toMatchObject({
      verdict: 'harness-error',
      exitCode: 4,
      target: { url: 'http://127.0.0.1:8080', kind: 'deployment' },
      totals: {
        scenarios: {
          selected: 10,
          passed: 3,
          failed: 2,
          knownDeviation: 1,
          unexpectedPass: 1,
          skipped: 1,
          inconclusive: 1,
          harnessError: 1,
          flaky: 1,
        },
        requirements: { verified: 3, violated: 1, knownDeviation: 1, notVerified: 6 },
      },
    })
  })

  test.each([
    ['a run that executed nothing', runRecord([], { preflight: 'no answer', targets: [] })],
    ['a run that was killed', runRecord([], { finishedAt: null, durationMs: null })],
    ['an interrupted run', runRecord([], { interrupted: true })],
  ])('of %s is of the same form', (_, run) => {
    conforms(written(summarise(judge([], run, REQUIREMENTS), run)))
    expect(conforms.errors).toBeNull()
  })

  test.each([
    ['an unknown field', { surprise: 1 }],
    ['an unknown verdict', { verdict: 'fine' }],
    ['an exit code of its own', { exitCode: 7 }],
    ['a requirement verified for a reason', { requirements: [{ verdict: 'verified', reason: 'because' }] }],
  ])('with %s is refused by the schema', (_, change) => {
    expect(conforms({ ...written(summarise(sampleVerdicts(), RUN)), ...change })).toBe(false)
  })
})
