import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import { startRelayMock } from '#mocks/relay/start.ts'
import { askControl, shownBy } from '../control-client.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

const MSISDN = '+15555558264'
const PIN = '1397'
const POLL_MS = 5
const ALL_BACK = /^[1-9]\d* changes? put back, 0 left\n$/

let place: Workplace
let close: () => Promise<void> = () => Promise.resolve()

beforeEach(() => {
  place = workplace()
})

afterEach(async () => {
  await close()
  place.remove()
})

const ledger = () =>
  existsSync(place.file('reports/ledger.ndjson'))
    ? readFileSync(place.file('reports/ledger.ndjson'), 'utf8')
    : ''

/** Verifies, and kills the run without a warning as soon as `isMidway`. */
async function killed(args: readonly string[], isMidway: () => Promise<boolean>): Promise<void> {
  let child: ChildProcess | null = null
  const run = touchstone(['verify', '--target', 'target.yaml', ...args], {
    cwd: place.path,
    onStart: (started) => {
      child = started
    },
  })
  const ended = run.then(() => true)
  const pause = () =>
    new Promise<false>((resolve) =>
      setTimeout(() => {
        resolve(false)
      }, POLL_MS),
    )
  while (!(await isMidway()))
    if (await Promise.race([ended, pause()])) throw new Error('the run came to its end')
  ;(child as ChildProcess | null)?.kill('SIGKILL')
  await run
}

const cleanedUp = () => touchstone(['cleanup', '--ledger', 'reports/ledger.ndjson'], { cwd: place.path })

it('puts a mailbox back that a run was changing when it was killed', async () => {
  const mock = await startMStoreMock({ plain: true, seed: '1', gatewayTimeoutMs: 20 })
  close = () => mock.close()
  const wanted = { msisdn: MSISDN, pin: PIN, quotas: { GreetingsQuota: 9 } }
  const { isim, bsf } = (await askControl(mock.control, 'POST /subscribers', wanted)).json as {
    isim: object
    bsf: object
  }
  const target = {
    protocol: 'mstore',
    url: mock.url,
    mailbox: MSISDN,
    capabilities: { gba: { isim, bsf }, greeting: true, pin: PIN },
  }
  writeFileSync(place.file('target.yaml'), JSON.stringify(target))
  const now = async () => JSON.stringify((await shownBy(mock.control, '/subscribers'))['subscribers'])
  const before = await now()
  await killed(
    ['--only', 'MSTORE-UPLOAD', '--only', 'MSTORE-PROFILE'],
    async () => ledger().includes('"folder"') && (await now()) !== before,
  )
  expect(await now()).not.toBe(before)
  expect(await cleanedUp()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(ALL_BACK) as string })
  expect(await now()).toBe(before)
  expect(await cleanedUp()).toMatchObject({ exitCode: 0, stdout: '0 changes put back, 0 left\n' })
  const secrets = Object.values(isim as Readonly<Record<string, string>>).filter(
    (value) => value.length === 32,
  )
  for (const secret of [PIN, ...secrets]) expect(ledger()).not.toContain(`"${secret}"`)
  expect(statSync(place.file('reports/ledger.ndjson')).mode & 0o777).toBe(0o600)
})

interface Accounts {
  readonly accounts: readonly { readonly devices: readonly { readonly active: boolean }[] }[]
}

it('makes numbers unreachable that a run had registered at a relay when it was killed', async () => {
  const mock = await startRelayMock({ seed: '1' })
  close = () => mock.close()
  const plane = { control: mock.control }
  const capabilities = { verificationCode: plane, pushes: plane }
  const target = { protocol: 'relay', url: mock.url, capabilities }
  writeFileSync(place.file('target.yaml'), JSON.stringify(target))
  const reachable = async () =>
    ((await shownBy(mock.control, '/accounts')) as unknown as Accounts).accounts.flatMap(({ devices }) =>
      devices.filter(({ active }) => active),
    ).length
  await killed(
    ['--only', 'RELAY-MESSAGE'],
    async () => ledger().includes('"push-id"') && (await reachable()) > 0,
  )
  expect(await reachable()).toBeGreaterThan(0)
  expect(await cleanedUp()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(ALL_BACK) as string })
  expect(await reachable()).toBe(0)
})
