import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { planCommand, type PlanOptions } from './plan.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'

interface PrintedPlan {
  readonly totals: { readonly skipped: number }
  readonly estimate: { readonly requests: number; readonly durationMs: number; readonly operations: object }
  readonly targets: readonly {
    readonly kind: string
    readonly capabilities?: { readonly federation: unknown }
  }[]
  readonly scenarios: readonly {
    readonly skip: { readonly name: string } | null
    readonly requests: object | null
  }[]
}

async function printed(options: Partial<PlanOptions>): Promise<string> {
  const stdout = new PassThrough({ encoding: 'utf8' })
  const exitCode = await planCommand(
    { protocol: 'relay', only: ['RELAY-VERIFY-10'], order: 'defined', json: true, ...options },
    {
      cwd: '/',
      env: {},
      stdout,
      stderr: new PassThrough(),
      interactive: false,
      columns: 80,
      interrupted: new AbortController().signal,
      now: () => 0,
      nonce: () => '',
      node: 'v20.19.0',
      platform: 'linux',
      writer: LONE_PROCESS,
    },
  )
  expect(exitCode).toBe(0)
  return String(stdout.read())
}

async function planned(options: Partial<PlanOptions>): Promise<PrintedPlan> {
  return JSON.parse(await printed(options)) as PrintedPlan
}

const PLANE = { kind: 'mock-control', url: 'http://127.0.0.1' }

it('knows that the bundled relay has a peer', async () => {
  const { totals, targets } = await planned({})
  expect(totals.skipped).toBe(0)
  expect(targets).toEqual([{ kind: 'bundled', protocol: 'relay' }])
})

it('supposes a peer where there is a control plane', async () => {
  const { totals, targets } = await planned({ url: 'http://127.0.0.1:9', control: 'http://127.0.0.1:10' })
  expect(totals.skipped).toBe(0)
  expect(targets[0]).toMatchObject({ kind: 'deployment', capabilities: { federation: { pushes: PLANE } } })
})

it('supposes nothing of a server alone', async () => {
  const { scenarios, targets } = await planned({ url: 'http://127.0.0.1:9' })
  expect(scenarios.filter(({ skip }) => skip === null)).toEqual([])
  expect(targets[0]?.capabilities?.federation).toBeNull()
})

it('leaves out a protocol of which nothing is selected, unless it is named', async () => {
  const { targets } = await planned({ protocol: undefined })
  expect(targets).toMatchObject([{ protocol: 'relay' }])
  expect((await planned({ protocol: 'all' })).targets).toHaveLength(2)
})

const REMOTE = { url: 'https://staging.example.org', json: false }

it('says the totals first, all that is missing at once, and what to write', async () => {
  const lines = (await printed(REMOTE)).split('\n')
  expect(lines[0]).toMatch(
    /^\d+ scenarios? for https:\/\/staging\.example\.org: 0 would run, \d+ would be skipped$/,
  )
  const text = lines.join('\n')
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(text).toMatch(/^ +\d+ for lack of writes, sends, a verificationCode.* and federation$/m)
  expect(text.match(/^ +allow: \[.*\]$/gm)).toHaveLength(1)
  expect(text).toContain('allow: [reads, writes, sends')
})

it('estimates requests by operation, and the time that they take at the pace', async () => {
  const { estimate } = await planned({ rate: 2 })
  expect(estimate.requests).toBeGreaterThan(5)
  expect(estimate.operations).toHaveProperty('PUT /v1/accounts/code/{code}')
  expect(estimate.durationMs).toBe(estimate.requests * 500)
  const text = await printed({ rate: 2, json: false })
  expect(text).toMatch(/^About \d+ requests; at 2 a second that takes about /m)
  expect(text).toMatch(/^Requests by operation:$/m)
})

it('has figures of nearly all scenarios', async () => {
  const { scenarios } = await planned({ protocol: 'all', only: [] })
  const unknown = scenarios.filter(({ requests }) => requests === null)
  expect(unknown.length).toBeLessThan(scenarios.length / 20)
})
