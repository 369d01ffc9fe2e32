import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { bareTarget } from '../../tests/relay-targets.ts'
import type { CucumberRun } from './cucumber.ts'
import { executeBeside } from './execute-beside.ts'
import type { PlannedScenario } from './features.ts'

const LIMITS = { kind: 'fixed', limits: { sms: { burst: 1, refillMs: 9000 } } } as const
const REFILLED = 'the "sms" limit has refilled "once" for Alice'

const scenario = (line: number, ...steps: readonly string[]): PlannedScenario => ({
  ...{ protocol: 'relay', uri: 'a.feature', line, location: `a.feature:${line}`, name: `${line}` },
  ...{ tags: [], feature: 'a', rule: null, steps },
})
const PLANNED = [scenario(1), scenario(2, REFILLED), scenario(3)]

/** What cucumber is handed at the same time. */
async function handed(
  changes: Partial<CucumberRun> = {},
  order = 'defined',
  limits: typeof LIMITS | null = LIMITS,
) {
  const under: (readonly string[])[] = []
  let most = 0
  let running = 0
  const targets = { relay: bareTarget({ limits }), mstore: null }
  const run: CucumberRun = {
    ...{ protocols: ['relay'], scenarios: PLANNED.map(({ location }) => location) },
    ...{ parameters: { targets, seed: 's' }, parallel: 0, retry: 0, failFast: false, env: {} },
    ...{ interrupted: new AbortController().signal, stderr: new PassThrough(), onMessage: () => undefined },
    ...changes,
  }
  const execute = async ({ scenarios }: CucumberRun) => {
    under.push(scenarios)
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
  }
  await executeBeside(execute, { run, planned: PLANNED, targets, selection: { order } })
  return { under, most }
}

const WHOLE = [['a.feature:1', 'a.feature:2', 'a.feature:3']]

describe('scenarios that let a limiter refill', () => {
  it('run beside the others from the start', async () => {
    expect(await handed()).toEqual({ under: [['a.feature:2'], ['a.feature:1', 'a.feature:3']], most: 2 })
  })

  it('come first where there are worker processes', async () => {
    const { under } = await handed({ parallel: 2 })
    expect(under).toEqual([['a.feature:2', 'a.feature:1', 'a.feature:3']])
  })

  it('keep their place where an order or an end at the first failure is asked for, or nothing waits', async () => {
    expect((await handed({ failFast: true })).under).toEqual(WHOLE)
    expect((await handed({}, 'random:7')).under).toEqual(WHOLE)
    expect((await handed({}, 'defined', null)).under).toEqual(WHOLE)
  })
})
