import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { startRelayPair } from '#mocks/relay/pair.ts'
import type { RelayTarget } from '#driver/target.ts'
import { RISKS } from '#protocol/requirements.ts'
import { newBudget } from '#driver/request-budget.ts'
import { arrivals, shownBy } from '../../tests/control-client.ts'
import { httpServer } from '../../tests/cli/servers.ts'
import { badStep, goodStep, messageStream } from '../../tests/golden/message-stream.ts'
import { bareTarget, controlledTarget } from '../../tests/relay-targets.ts'
import type { CucumberRun } from './cucumber.ts'
import { execute, type RunSurroundings } from './execute.ts'
import type { PlannedScenario } from './features.ts'
import type { RunPlan } from './run-plan.ts'
import { NO_DIFFERENCES } from './targets/mock-differences.ts'
import { bundledTarget, type PlannedTarget } from './targets/resolve-target.ts'

const FAULT = 'RELAY-PUSH-01/pads-the-payload'

/** A fault spares the mock the check before a run, which its test has elsewhere. */
const FAULTY = bundledTarget('relay', {}, { faults: [FAULT] })

const at = (target: PlannedTarget['target']): PlannedTarget => ({
  kind: 'deployment',
  target,
  control: false,
  differs: NO_DIFFERENCES,
})

const plan = (target: PlannedTarget): RunPlan => ({
  targets: [target],
  request: { only: [], tags: null, shard: null, order: 'defined' },
  selection: { scenarios: [], order: 'defined' },
  baseline: null,
  failOn: 'should',
  requireComplete: false,
  failFast: false,
  retry: 0,
  parallel: 0,
  seed: 's',
  rerun: '',
  reports: { path: '', shown: '' },
})

/** Requests of the check before a run, those that make the account by which an earlier run is known, and the check after it. */
const ALL = 6 + 3 + 6

const CONFIRMATION: PlannedScenario = {
  protocol: 'relay',
  uri: 'features/relay/verification.feature',
  line: 1,
  location: 'features/relay/verification.feature:1',
  name: 'a code confirms a number',
  tags: ['RELAY-VERIFY-01'],
  feature: 'verification',
  rule: null,
}

/** Executes the plan for one target; `begun` is the record at its start, `runs` what cucumber was handed. */
async function executed(
  target: PlannedTarget,
  given: Partial<RunSurroundings> = {},
  changes: Partial<RunPlan> = {},
) {
  const begun: RunRecord[] = []
  const runs: CucumberRun[] = []
  let now = 1000
  const record = await execute(
    { ...plan(target), ...changes },
    {
      env: {},
      stderr: new PassThrough(),
      interrupted: new AbortController().signal,
      now: () => (now += 1000),
      nonce: 'a1b2c3',
      node: 'v20.19.0',
      platform: 'linux',
      onStart: (run) => begun.push(run),
      onMessage: () => undefined,
      ...given,
      executeFeatures: async (run) => {
        runs.push(run)
        await given.executeFeatures?.(run)
      },
    },
  ).catch((error: unknown) => error as Error)
  return { record, begun, runs }
}

const fails = () => Promise.reject(new Error('the hook\nfailed', { cause: new Error('no step') }))

describe('execute', () => {
  it('records when a run began and ended, and what it ran against', async () => {
    const { record, begun } = await executed(FAULTY)
    expect(record).toMatchObject({
      startedAt: '1970-01-01T00:00:02.000Z',
      finishedAt: '1970-01-01T00:00:03.000Z',
      durationMs: 1000,
      targets: [{ protocol: 'relay', kind: 'bundled', control: true }],
      interrupted: false,
      preflight: null,
      harnessErrors: [],
    })
    expect(begun).toMatchObject([{ finishedAt: null, durationMs: null, targets: [{ kind: 'bundled' }] }])
  })

  it('records an error of the harness, and its cause, in one line', async () => {
    const { record } = await executed(FAULTY, { executeFeatures: fails })
    expect(record).toMatchObject({ harnessErrors: ['the hook: no step'], preflight: null })
  })

  it('marks a run that was interrupted', async () => {
    const controller = new AbortController()
    const interrupt = () => {
      controller.abort()
      return Promise.resolve()
    }
    const { record } = await executed(FAULTY, {
      interrupted: controller.signal,
      executeFeatures: interrupt,
    })
    expect(record).toMatchObject({ interrupted: true, harnessErrors: [] })
  })

  it.each<[string, Partial<RunSurroundings>]>([
    ['the scenarios cannot be run', { executeFeatures: fails }],
    [
      'the start of the run cannot be shown',
      {
        executeFeatures: () => Promise.resolve(),
        onStart: () => {
          throw new Error('the disk is full')
        },
      },
    ],
  ])('closes the mocks where %s', async (_case, given) => {
    const urls: string[] = []
    await executed(FAULTY, {
      ...given,
      onStart: (run) => {
        urls.push(...run.targets.map(({ url }) => url))
        given.onStart?.(run)
      },
    })
    expect(urls).toHaveLength(1)
    await expect(fetch(urls[0] ?? '')).rejects.toThrow('fetch failed')
  })

  it('throws what keeps a run from beginning', async () => {
    const { record } = await executed(bundledTarget('relay', {}, { faults: ['RELAY-PUSH-01/nonsense'] }))
    expect(record).toBeInstanceOf(Error)
  })

  it('runs nothing against a server that cannot be verified, and records why', async () => {
    const { record, runs } = await executed(at(bareTarget()))
    expect(record).toMatchObject({
      preflight: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9: expected/),
      targets: [{ kind: 'deployment', control: false }],
    })
    expect(runs).toEqual([])
  })

  it('sends no more than its budget, the checks before a run included', async () => {
    const { relay, close } = await startRelayPair({ seed: 's' })
    const budget = newBudget({ maxRequests: 1 }, 0)
    const { record, runs } = await executed({ ...at({ ...bareTarget(), url: relay.url }) }, {}, { budget })
    const { entries } = (await shownBy(relay.control, '/journal')) as { readonly entries: readonly unknown[] }
    await close()
    expect(runs).toEqual([])
    expect(record).toMatchObject({
      preflight: expect.stringMatching(/budget of the run is spent \(max-requests\)/),
      budget: { maxRequests: 1, maxTimeMs: null, requests: 1 },
    })
    expect(entries).toHaveLength(1)
  })

  it('keeps to the rate from the first check to the last, and shares it out among worker processes', async () => {
    const { relay, close } = await startRelayPair({ seed: 's' })
    const target: RelayTarget = { ...controlledTarget(relay.control), url: relay.url, allow: RISKS }
    const selection = { scenarios: [CONFIRMATION], order: 'defined' } as const
    // What is slow the first time is none of the pace.
    await executed(at(target), {}, { selection, isSeedChosen: true, seed: 'another' })
    const rated = { ...target, requestsPerSecond: 20 }
    const { runs } = await executed(at(rated), {}, { selection, isSeedChosen: true, parallel: 4 })
    const times = (await arrivals(relay.control)).slice(ALL)
    await close()
    expect(times.length).toBe(ALL)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan((times.length - 2) * 50)
    expect(runs).toMatchObject([{ parameters: { targets: { relay: { requestsPerSecond: 4.5 } } } }])
  })

  it('asks a server again while scenarios run, and records that it accepted everything then', async () => {
    let left = 6
    const server = await httpServer((_, response) => {
      left -= 1
      response.writeHead(left >= 0 || left < -6 ? 401 : 200).end('{}')
    })
    const { record } = await executed(
      at({ ...bareTarget(), url: server.url }),
      {
        executeFeatures: ({ onMessage }) => {
          for (const envelope of messageStream([
            { line: 1, tags: ['RELAY-VERIFY-01'], attempts: [[goodStep('RELAY-VERIFY-01')]] },
          ]))
            onMessage(envelope)
          return Promise.resolve()
        },
      },
      { selection: { scenarios: [CONFIRMATION], order: 'defined' }, isSeedChosen: true },
    )
    await server.close()
    expect(record).toMatchObject({
      preflight: null,
      recheck: expect.stringMatching(/: while scenario 1 ran: .* a server that accepts everything/),
    })
  })

  it('asks a server nothing more amid scenarios that no longer run', async () => {
    const asked: string[] = []
    const server = await httpServer(({ url = '' }, response) => {
      asked.push(url)
      response.writeHead(401).end('{}')
    })
    const scenarios = Array.from({ length: 300 }, () => CONFIRMATION)
    const stream = messageStream(
      scenarios.map((_, line) => ({ line, tags: [], attempts: [[badStep('RELAY-VERIFY-01')]] })),
    )
    const run = (failFast: boolean) =>
      executed(
        at({ ...bareTarget(), url: server.url }),
        {
          executeFeatures: ({ onMessage }) => {
            stream.forEach(onMessage)
            return Promise.resolve()
          },
        },
        { selection: { scenarios, order: 'defined' }, isSeedChosen: true, failFast },
      )
    await run(false)
    const amidAll = asked.splice(0).length
    await run(true)
    await server.close()
    expect(amidAll - asked.length).toBeGreaterThanOrEqual(2 * 6)
  })

  it('hands the steps the targets by protocol, with the peer that a control plane names', async () => {
    const { relay, peer, close } = await startRelayPair({ seed: 's' })
    const target = { ...controlledTarget(relay.control), url: relay.url }
    const { runs } = await executed(at(target))
    await close()
    expect(runs).toMatchObject([
      {
        protocols: ['relay'],
        parameters: {
          targets: {
            relay: { url: relay.url, capabilities: { federation: { url: peer.url } } },
            mstore: null,
          },
          seed: 's',
        },
      },
    ])
  })
})
