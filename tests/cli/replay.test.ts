import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { command } from './in-process.ts'
import { touchstone, workplace, type Ended, type Workplace } from './touchstone.ts'

const PROFILE = 'shows the profile'

let place: Workplace
let mstore: MStoreMock
let relay: RelayMock

beforeAll(async () => {
  place = workplace()
  ;[mstore, relay] = await Promise.all([startMStoreMock({ plain: true }), startRelayMock()])
  const at = (mock: { url: string; control: string }) => ['--url', mock.url, '--control', mock.control]
  const [running, bundled, accounts] = await Promise.all([
    touchstone(['verify', 'mstore', ...at(mstore), '--only', PROFILE], { cwd: place.file('') }),
    touchstone(['verify', 'mstore', '--only', PROFILE, '--reports', 'bundled'], { cwd: place.file('') }),
    touchstone(['verify', 'relay', ...at(relay), '--only', 'RELAY-PUSHID-01', '--reports', 'relay'], {
      cwd: place.file(''),
    }),
  ])
  expect([running.exitCode, bundled.exitCode, accounts.exitCode]).toEqual([0, 0, 0])
})

afterAll(async () => {
  await Promise.all([mstore.close(), relay.close()])
  place.remove()
})

function replay(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return command(['replay', ...args], { cwd: place.path, env })
}

/** The number of the last exchange of a run whose line in the list has `text`. */
async function numberOf(dir: string, text: string): Promise<string> {
  const { stdout } = await replay([dir])
  const line = stdout.split('\n').findLast((each) => each.includes(text)) ?? ''
  return /^ *(\S+)/.exec(line)?.[1] ?? ''
}

describe('a digest exchange', () => {
  it('is sent again with a fresh bootstrap and challenge, to a mock that still runs', async () => {
    const exchange = await numberOf('reports', '/vvmserviceProfile')
    const { exitCode, stdout, stderr } = await replay(['reports', '--exchange', exchange])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain(`sent again to ${mstore.url}, as a fresh bootstrap of +1`)
    expect(stdout).toContain('  Authorization: Digest ‹credentials, ')
    expect(stdout).toMatch(/✓ as recorded: 200; /)
    expect(stdout).not.toContain('may be gone')
    expect(stdout).not.toMatch(/response=|nonce=/)
  })

  it('of a bundled mock says that it is gone, and takes one like it', async () => {
    const exchange = await numberOf('bundled', '/vvmserviceProfile')
    const refused = await replay(['bundled', '--exchange', exchange])
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain(
      'bundled: the bundled mstore mock of this run ended with it: --mock starts one like it',
    )
    const { exitCode, stdout } = await replay(['bundled', '--exchange', exchange, '--mock'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('✓ as recorded: 200; ')
  })

  it('ends with 1 where another mailbox is asked with credentials of the environment', async () => {
    const exchange = await numberOf('reports', '/vvmserviceProfile')
    const env = { TOUCHSTONE_AUTH: 'username="nobody", realm="r", nonce="n", uri="/", response="0"' }
    const { exitCode, stdout } = await replay(['reports', '--exchange', exchange], env)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('✗ not as recorded: expected 200, got 40')
    expect(stdout).toMatch(
      /may be gone\. This repeats all of them:\n {2}touchstone verify mstore --url .* --only /,
    )
    expect(stdout).not.toContain('nobody')
  })
})

describe('an exchange with a relay', () => {
  it.each(['PUT /v1/accounts/apn/', 'PUT /v1/accounts/code/'])(
    '%s is sent as a new account',
    async (line) => {
      const exchange = await numberOf('relay', line)
      const { exitCode, stdout, stderr } = await replay(['relay', '--exchange', exchange])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout).toContain(`sent again to ${relay.url}, as a new account, +1`)
    },
  )

  it('is sent to a mock in place of the server of the run', async () => {
    const exchange = await numberOf('relay', 'PUT /v1/accounts/apn/')
    const before = await journalled()
    const { exitCode, stdout, stderr } = await replay(['relay', '--exchange', exchange, '--mock'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).not.toContain(`sent again to ${relay.url},`)
    expect(await journalled()).toBe(before)
    const both = await replay(['relay', '--exchange', exchange, '--mock', '--url', relay.url])
    expect(both.stderr).toContain("option '--mock' cannot be used with option '--url <url>'")
  })

  it('is not sent where its scenario may not do what it does', async () => {
    const exchange = await numberOf('relay', 'PUT /v1/accounts/apn/')
    const before = await journalled()
    const { exitCode, stderr } = await replay(['relay', '--exchange', exchange, '--allow', 'sends'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/features\/relay\/push-ids\.feature:\d+: expected a target that allows writes, /)
    expect(await journalled()).toBe(before)
  })

  it('that gets no answer ends with 3', async () => {
    const exchange = await numberOf('relay', 'GET /v1/accounts/sms/code/')
    const { exitCode, stdout } = await replay([
      'relay',
      '--exchange',
      exchange,
      '--url',
      'http://127.0.0.1:1',
    ])
    expect(exitCode).toBe(3)
    expect(stdout).toContain('✗ not as recorded: expected 200, got unreachable')
  })
})

async function journalled(): Promise<number> {
  return (await relay.journal()).entries.length
}
