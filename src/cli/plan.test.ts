import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { planCommand, type PlanOptions } from './plan.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'

interface PrintedPlan {
  readonly totals: { readonly skipped: number }
  readonly targets: readonly {
    readonly kind: string
    readonly capabilities?: { readonly federation: unknown }
  }[]
  readonly scenarios: readonly { readonly skip: { readonly name: string } | null }[]
}

async function planned(options: Partial<PlanOptions>): Promise<PrintedPlan> {
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
  return JSON.parse(String(stdout.read())) as PrintedPlan
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
