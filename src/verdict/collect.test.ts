import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { assertion, exchange, requirements, runRecord } from '../../tests/golden/message-stream.ts'
import { collect } from './collect.ts'
import { judge } from './judge.ts'

const URI = 'features/relay/real.feature'
const FEATURE = `Feature: Real
  Background:
    Given ok

  Rule: It holds

    @RELAY-CODE-01
    Scenario: passes
      Then ok

    @RELAY-CODE-02
    Scenario Outline: says <what>
      When says <what>
      Then ok

      Examples:
        | what         |
        | nothing      |
        | wrong        |
        | skip         |
        | silence      |
        | wrong, after |
        | wrong, once  |

    Scenario: is not written
      Given nobody knows
`
const nothing = { exchanges: [], assertions: [], findings: [], skip: null, inconclusive: null }
const STEPS = `
import { After, AfterStep, Before, Given } from '@cucumber/cucumber'
const nothing = ${JSON.stringify(nothing)}
const good = ${JSON.stringify({ ...nothing, exchanges: [exchange()], assertions: ['RELAY-CODE-01', 'RELAY-CODE-02'].map((id) => assertion(id)) })}
const bad = ${JSON.stringify({
  ...nothing,
  exchanges: [exchange()],
  assertions: [assertion('RELAY-CODE-02', { ok: false })],
})}
const skip = { code: 'risk', name: 'sends', enable: 'allow: [sends]' }
const goes = new Map()
Before(function ({ pickle }) { goes.set(pickle.id, (goes.get(pickle.id) ?? 0) + 1); this.go = goes.get(pickle.id) })
Given('ok', function () { this.evidence = good })
Given('says nothing', () => { throw new Error('of its own\\nwith a second line') })
Given('says wrong', function () { this.evidence = bad; throw new Error('x') })
Given('says wrong, once', function () { if (this.go === 1) { this.evidence = bad; throw new Error('x') } })
Given('says wrong, after', function () { this.last = bad })
Given('says skip', function () { this.evidence = { ...nothing, skip }; return 'skipped' })
Given('says silence', function () { this.evidence = { ...nothing, inconclusive: 'gone' }; throw new Error('x') })
const MEDIA = { mediaType: 'application/vnd.touchstone.evidence+json' }
AfterStep(function () {
  if (this.evidence) this.attach(JSON.stringify(this.evidence), MEDIA)
  this.evidence = null
})
After(function () {
  if (!this.last) return
  this.attach(JSON.stringify(this.last), MEDIA)
  throw new Error('x')
})
`

let root = ''
let envelopes: readonly Envelope[] = []

beforeAll(async () => {
  const cache = join(PACKAGE_ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  root = mkdtempSync(join(cache, 'collect-'))
  mkdirSync(join(root, 'features/relay'), { recursive: true })
  writeFileSync(join(root, URI), FEATURE)
  writeFileSync(join(root, 'steps.mjs'), STEPS)
  const sink = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  const lines: string[] = []
  const environment = { cwd: root, stdout: sink, stderr: sink }
  const provided = { paths: [URI], import: ['steps.mjs'], retry: 1 }
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, environment)
  await runCucumber(runConfiguration, environment, (envelope) => lines.push(JSON.stringify(envelope)))
  envelopes = lines.map((line) => JSON.parse(line) as Envelope)
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

describe('what cucumber really sends', () => {
  test('is understood to the letter', () => {
    const messages = collect(envelopes)
    expect(messages).toMatchObject({ complete: true, success: false, errors: [] })
    expect(messages.executed.get(`${URI}:8`)).toMatchObject({
      plan: { name: 'passes', feature: 'Real', rule: 'It holds', tags: ['RELAY-CODE-01'] },
      attempts: [
        {
          steps: [
            { keyword: 'Hook', status: 'passed' },
            { keyword: 'Given', text: 'ok', status: 'passed', evidence: [{ assertions: [{}, {}] }] },
            { keyword: 'Then', text: 'ok', status: 'passed', evidence: [{ exchanges: [{}] }] },
            { keyword: 'Hook', status: 'passed' },
          ],
        },
      ],
    })
  })

  test('is judged by the evidence in it', () => {
    const scenarios = [...collect(envelopes).executed.keys()]
    const record = runRecord([])
    const run = { ...record, selection: { ...record.selection, scenarios } }
    const register = requirements({ id: 'RELAY-CODE-01' }, { id: 'RELAY-CODE-02' })
    const verdicts = judge(envelopes, run, register)
    expect(
      verdicts.scenarios.map(({ name, outcome, attempts, flaky, message }) => [
        name,
        outcome,
        attempts,
        flaky,
        message,
      ]),
    ).toEqual([
      ['passes', 'passed', 1, false, null],
      ['says nothing', 'harness-error', 2, false, 'of its own'],
      ['says wrong', 'failed', 2, false, 'status of PUT /v1/messages/B: expected 409, got 204'],
      ['says skip', 'skipped', 1, false, 'risk sends: allow: [sends]'],
      ['says silence', 'inconclusive', 2, false, 'gone'],
      ['says wrong, after', 'failed', 2, false, 'status of PUT /v1/messages/B: expected 409, got 204'],
      [
        'says wrong, once',
        'failed',
        2,
        true,
        'flaky, passed at attempt 2 of 2; before: status of PUT /v1/messages/B: expected 409, got 204',
      ],
      ['is not written', 'harness-error', 1, false, 'step "Given nobody knows" is undefined'],
    ])
    expect(verdicts).toMatchObject({ verdict: 'harness-error', exitCode: 4, harnessErrors: [] })
  })

  test('may break off anywhere, and then never conforms', () => {
    const scenarios = [`${URI}:8`]
    const record = runRecord([])
    const run = { ...record, selection: { ...record.selection, scenarios } }
    const register = requirements({ id: 'RELAY-CODE-01' }, { id: 'RELAY-CODE-02' })
    const codes = envelopes.map((_, count) => judge(envelopes.slice(0, count), run, register).exitCode)
    expect(codes.filter((code) => code === 0)).toEqual([])
  })
})
