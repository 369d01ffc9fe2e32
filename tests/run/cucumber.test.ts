import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Envelope } from '@cucumber/messages'
import { afterEach, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { controlledTarget } from '../relay-targets.ts'
import { executeFeatures, type CucumberRun } from '#run/cucumber.ts'

const FEATURE = `Feature: Sample
  Scenario: one
    Given it passes
  Scenario: two
    Given it passes
  Scenario: three
    Given it fails
  Scenario: four
    Given it passes the second time
`

const STEPS = `
import { AfterAll, Given } from '@cucumber/cucumber'
import { writeFileSync } from 'node:fs'
let goes = 0
Given('it passes', function () { this.log(JSON.stringify(this.parameters)) })
Given('it fails', () => { throw new Error('it does') })
Given('it passes the second time', () => { goes += 1; if (goes === 1) throw new Error('not yet') })
AfterAll(() => { writeFileSync(new URL('./after-all', import.meta.url), '') })
`

const URI = 'features/relay/sample.feature'
const PLACES = { one: `${URI}:2`, two: `${URI}:4`, three: `${URI}:6`, four: `${URI}:8` }
const roots: string[] = []

afterEach(() => {
  roots.splice(0).forEach((root) => {
    rmSync(root, { recursive: true })
  })
})

/** A package of its own, inside this one so that its steps find cucumber. */
function packageWith(steps: string, name = 'sample'): string {
  const cache = join(PACKAGE_ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const root = mkdtempSync(join(cache, `${name}-`))
  roots.push(root)
  mkdirSync(join(root, 'features/relay'), { recursive: true })
  mkdirSync(join(root, 'dist/steps'), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, URI), FEATURE)
  if (steps !== '') writeFileSync(join(root, 'dist/steps/sample.js'), steps)
  return root
}

function execute(root: string, run: Partial<CucumberRun>): Promise<void> {
  return executeFeatures({
    protocols: ['relay'],
    scenarios: Object.values(PLACES),
    parameters: {
      targets: { relay: controlledTarget('http://127.0.0.1'), mstore: null },
      seed: 'seed-1',
    },
    parallel: 0,
    retry: 0,
    failFast: false,
    interrupted: new AbortController().signal,
    stderr: new Writable({
      write: (_chunk, _encoding, done) => {
        done()
      },
    }),
    env: { PATH: '/usr/bin:/bin' },
    onMessage: () => undefined,
    root,
    ...run,
  })
}

/** Each attempt as `name: how its step ended`, in the order in which they end. */
function attempts(envelopes: readonly Envelope[]): string[] {
  const names = new Map(envelopes.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle.name]] : [])))
  const cases = new Map(
    envelopes.flatMap(({ testCase }) => (testCase ? [[testCase.id, names.get(testCase.pickleId)]] : [])),
  )
  const started = new Map(
    envelopes.flatMap(({ testCaseStarted }) =>
      testCaseStarted ? [[testCaseStarted.id, cases.get(testCaseStarted.testCaseId)]] : [],
    ),
  )
  return envelopes.flatMap(({ testStepFinished }) =>
    testStepFinished
      ? [
          `${started.get(testStepFinished.testCaseStartedId) ?? ''}: ${testStepFinished.testStepResult.status.toLowerCase()}`,
        ]
      : [],
  )
}

async function ended(root: string, run: Partial<CucumberRun>): Promise<string[]> {
  const envelopes: Envelope[] = []
  await execute(root, { onMessage: (envelope) => envelopes.push(envelope), ...run })
  return attempts(envelopes)
}

describe('executeFeatures', () => {
  it('runs exactly the selected scenarios, in that order', async () => {
    const scenarios = [PLACES.three, PLACES.one]
    expect(await ended(packageWith(STEPS), { scenarios })).toEqual(['three: failed', 'one: passed'])
  })

  it('does so in a folder whose path is full of glob characters', async () => {
    const root = packageWith(STEPS, 'a [b] (c) {d}')
    expect(await ended(root, { scenarios: [PLACES.two] })).toEqual(['two: passed'])
  })

  it('runs again in the same process, and reads the features of its scenarios alone', async () => {
    const root = packageWith(STEPS)
    const scenarios = [PLACES.two]
    expect(await ended(root, { scenarios })).toEqual(['two: passed'])
    expect(await ended(root, { scenarios, narrow: true })).toEqual(['two: passed'])
  })

  it('hands the parameters to the steps', async () => {
    const logs: string[] = []
    await execute(packageWith(STEPS), {
      scenarios: [PLACES.one],
      onMessage: ({ attachment }) => {
        if (attachment !== undefined) logs.push(attachment.body)
      },
    })
    expect(logs.map((log) => JSON.parse(log) as unknown)).toEqual([
      expect.objectContaining({
        seed: 'seed-1',
        targets: { relay: controlledTarget('http://127.0.0.1'), mstore: null },
      }),
    ])
  })

  it('reports each attempt of a scenario that is retried', async () => {
    expect(await ended(packageWith(STEPS), { scenarios: [PLACES.four], retry: 1 })).toEqual([
      'four: failed',
      'four: passed',
    ])
  })

  it('begins no further scenario after a failure with fail-fast', async () => {
    const scenarios = [PLACES.three, PLACES.one]
    expect(await ended(packageWith(STEPS), { scenarios, failFast: true })).toEqual([
      'three: failed',
      'one: skipped',
    ])
  })

  it('begins no further scenario once interrupted, and still tidies up', async () => {
    const root = packageWith(STEPS)
    const interrupt = new AbortController()
    const envelopes: Envelope[] = []
    await execute(root, {
      interrupted: interrupt.signal,
      onMessage: (envelope) => {
        envelopes.push(envelope)
        if (envelope.testStepFinished !== undefined) interrupt.abort()
      },
    })
    expect(attempts(envelopes)).toEqual(['one: passed', 'two: skipped', 'three: skipped', 'four: skipped'])
    expect(existsSync(join(root, 'dist/steps/after-all'))).toBe(true)
  })

  it('runs nothing where it was interrupted before', async () => {
    const interrupt = new AbortController()
    interrupt.abort()
    const outcomes = await ended(packageWith(STEPS), {
      scenarios: [PLACES.one],
      interrupted: interrupt.signal,
    })
    expect(outcomes).toEqual(['one: skipped'])
  })

  it('runs in worker processes, each scenario once', async () => {
    const outcomes = await ended(packageWith(STEPS), { parallel: 2, retry: 1 })
    expect(outcomes.sort()).toEqual(
      ['one: passed', 'two: passed', 'three: failed', 'three: failed', 'four: failed', 'four: passed'].sort(),
    )
  })

  it('ends worker processes once interrupted, after their running scenario', async () => {
    const interrupt = new AbortController()
    const envelopes: Envelope[] = []
    await execute(packageWith(STEPS), {
      parallel: 1,
      interrupted: interrupt.signal,
      onMessage: (envelope) => {
        envelopes.push(envelope)
        if (envelope.testCaseStarted !== undefined) interrupt.abort()
      },
    })
    expect(attempts(envelopes)).toEqual(['one: passed'])
  })

  it('throws where a planned scenario is not in the features', async () => {
    const running = execute(packageWith(STEPS), { scenarios: [`${URI}:3`] })
    await expect(running).rejects.toMatchObject({
      cause: { message: `scenario ${URI}:3 was planned but is not in the features` },
    })
  })

  it('throws where there are no steps', async () => {
    await expect(execute(packageWith(''), {})).rejects.toThrow(/no step definitions.*npm run build/)
  })
})
