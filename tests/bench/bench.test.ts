import { afterEach, expect, it } from 'vitest'
import { assembleRelay } from '#mocks/relay/assemble.ts'
import { startAssembled, type RelayMock } from '#mocks/relay/start.ts'
import { callOnce, CALLS } from '../../bench/call.ts'
import { load, loadCalls, median } from '../../bench/load.ts'
import { atMost, isMet } from '../../bench/row.ts'
import { seedRelay } from '../../bench/seed-relay.ts'
import { tableOf } from '../../bench/table.ts'
import { closeMocks, control, notes, startMock, subscribe } from '../mstore-client.ts'
import { requestsOf, WORKLOADS } from '../../bench/workload.ts'

const ACCOUNTS = 1000

let mock: RelayMock | undefined
afterEach(async () => {
  await Promise.all([mock?.close(), closeMocks()])
})

it.each(WORKLOADS)('sends requests that the relay accepts: %s', async (workload) => {
  const assembled = assembleRelay({})
  seedRelay(assembled.relay, { accounts: ACCOUNTS, prekeys: 2 })
  mock = await startAssembled(assembled, {})
  const requests = requestsOf(workload, ACCOUNTS)
  const measured = await load({ url: mock.url, requests, connections: 2, count: 20 })
  expect(measured.perSecond).toBeGreaterThan(0)
  expect(measured.p99).toBeGreaterThanOrEqual(measured.p50)
  expect(assembled.controlled.journal.read(0, 100)).toHaveLength(20)
})

it.each(CALLS)('makes calls that the mStore accepts: %s', async (name) => {
  const mStore = await startMock({ plain: true })
  const { msisdn } = await subscribe(mStore)
  const { json } = await control(mStore, 'POST /credentials', { msisdn })
  const caller = { msisdn, username: String(json?.['username']), password: String(json?.['password']) }
  const measured = await loadCalls(() => callOnce(mStore.url, caller, name), { connections: 2, count: 4 })
  expect(measured.p99).toBeGreaterThanOrEqual(measured.p50)
  expect(await notes(mStore)).toHaveLength(8)
  const unknown = { ...caller, username: 'nobody' }
  await expect(callOnce(mStore.url, unknown, name)).rejects.toThrow('expected 2xx, got HTTP/1.0 401')
})

it('fails on a request that is refused', async () => {
  mock = await startAssembled(assembleRelay({}), {})
  const order = { url: mock.url, requests: requestsOf('get', ACCOUNTS), connections: 1, count: 1 }
  await expect(load(order)).rejects.toThrow('expected 2xx, got HTTP/1.1 401')
})

it('prints figures with their aims in 80 columns', () => {
  const rows = [
    { name: 'reset', value: 2.96, unit: 'ms', aim: atMost(3) },
    { name: 'cold start', value: 1.62, unit: 'x', aim: atMost(1.5) },
    { name: 'GET', value: 12_345, unit: '/s' },
  ] as const
  expect(rows.map(isMet)).toEqual([true, false, null])
  const lines = tableOf(rows).split('\n')
  expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'reset 3.0 ms <= 3.0 ms met',
    'cold start 1.62x <= 1.50x MISSED',
    'GET 12345/s',
  ])
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
})

it('takes the middle one of the rounds', () => {
  expect(median([3, 1, 2])).toBe(2)
})
