import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { command } from './in-process.ts'
import { httpServer, type TestServer } from './servers.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace
let mock: RelayMock
let server: TestServer | null
let stop: () => Promise<void> = () => Promise.resolve()

interface Plan {
  readonly totals: { readonly scenarios: number; readonly run: number; readonly skipped: number }
}

interface Summary {
  readonly totals: {
    readonly scenarios: { readonly selected: number; readonly passed: number; readonly skipped: number }
  }
}

beforeEach(async () => {
  place = workplace()
  mock = await startRelayMock({ seed: 'new target', dialect: 'deployed' })
  server = null
  stop = () => Promise.resolve()
})

afterEach(async () => {
  await Promise.all([mock.close(), stop(), server?.close()])
  place.remove()
})

/** The relay with every confirmation answered as where its database is down. */
function withoutDatabase(): Promise<TestServer> {
  return httpServer((incoming, response) => {
    if (incoming.method === 'PUT' && incoming.url?.startsWith('/v1/accounts/code/') === true) {
      incoming.resume().on('end', () => response.writeHead(500).end())
      return
    }
    const { method, headers, url = '/' } = incoming
    const onward = request(mock.url + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  })
}

/** A server that is new to its tester, and what of it is verified. */
const SERVERS = [
  {
    protocol: 'relay',
    path: '/v1',
    only: 'RELAY-CODE-01',
    server: () => Promise.resolve({ ...mock, close: () => Promise.resolve() }),
  },
  {
    protocol: 'mstore',
    path: '',
    only: 'MSTORE-FLAG-01',
    server: () => startMStoreMock({ seed: 'new target', dialect: 'deployed', plain: true }),
  },
] as const

it.each(SERVERS)(
  'a target file of a deployed $protocol is begun, looked at, planned with, verified by and cleaned up with',
  async ({ path, only, server: start }) => {
    const { url, control, close } = await start()
    stop = close
    const here = { cwd: place.path }
    const init = ['init', '--url', `${url}${path}`, '--control', control, '--target', 'mine.yaml']
    expect(await command(init, here)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(place.text('mine.yaml')).toContain(`\nurl: ${url}\n`)
    expect(await command(init, here)).toMatchObject({
      exitCode: 2,
      stderr: 'touchstone: mine.yaml is there already: --force overwrites it\n',
    })

    const target = ['--target', 'mine.yaml', '--dialect', 'deployed']
    const healthy = await command(['doctor', ...target], here)
    expect(healthy).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Healthy in what was tried\.$/m) as string,
    })

    const planned = await command(['plan', ...target, '--only', only, '--json'], here)
    const { totals } = JSON.parse(planned.stdout) as Plan
    const verified = await touchstone(['verify', ...target, '--only', only, '--quiet'], here)
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' })
    const { scenarios } = (place.json('reports/summary.json') as Summary).totals
    expect(totals).toEqual({
      scenarios: scenarios.selected,
      run: scenarios.passed,
      skipped: scenarios.skipped,
    })
    const cleanup = ['cleanup', '--ledger', 'reports/ledger.ndjson', '--target', 'mine.yaml']
    expect(await command(cleanup, here)).toMatchObject({
      exitCode: 0,
      stdout: '0 changes put back, 0 left\n',
      stderr: '',
    })
  },
)

describe('a server whose protocol init cannot find out', () => {
  const begin = (...args: readonly string[]) =>
    command(['init', '--target', 'mine.yaml', ...args], { cwd: place.path })

  it('gets no file, and what is in the way is said', async () => {
    const { exitCode, stderr } = await begin('--url', 'http://127.0.0.1:9')
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/TCP .*no connection to 127\.0\.0\.1:9 \(ECONNREFUSED\)\n.*→ start the server/)
    expect(stderr).toMatch(
      /\ntouchstone: init: cannot find out which protocol http:\/\/127\.0\.0\.1:9 speaks/,
    )
    expect(place.has('mine.yaml')).toBe(false)
    expect(await begin('relay', '--url', 'http://127.0.0.1:9')).toMatchObject({ exitCode: 0 })
  })

  it('is none that speaks TLS under an http URL, or has a certificate of an unknown authority', async () => {
    const secure = await startMStoreMock({ seed: 'new target' })
    stop = secure.close
    const { exitCode, stderr } = await begin('--url', secure.url.replace('https:', 'http:'))
    expect(exitCode).toBe(0)
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /^ ✗ TLS tls: certificate of \S+ is not trusted \(\w+\) → write tls: \{ ca: FILE\.pem \}/,
    )
    expect(place.text('mine.yaml')).toContain(`\nprotocol: mstore\nurl: ${secure.url}\n`)
  })
})

it('a file is not begun in a folder that is not there', async () => {
  const there = ['init', '--url', mock.url, '--target', 'none/mine.yaml']
  expect(await command(there, { cwd: place.path })).toMatchObject({
    exitCode: 2,
    stderr: 'touchstone: --target: cannot write none/mine.yaml (ENOENT: no such file or directory)\n',
  })
})

it('a mistake in a target file is reported with its line, and what to write', async () => {
  const here = { cwd: place.path }
  await command(['init', '--url', mock.url, '--control', 'http://127.0.0.1:9', '--target', 'mine.yaml'], here)
  const { exitCode, stdout } = await command(['doctor', '--target', 'mine.yaml'], here)
  expect(exitCode).toBe(2)
  expect(stdout).toMatch(/mine\.yaml:\d+: capabilities\.verificationCode:/)
  expect(stdout).toMatch(/^1 problem in mine\.yaml; \d checks not tried\.$/m)
})

it('a relay whose database is down is reported once', async () => {
  server = await withoutDatabase()
  const options = ['--url', server.url, '--control', mock.control, '--only', 'RELAY-PUSHID']
  const { exitCode } = await touchstone(['verify', 'relay', ...options, '--quiet'], { cwd: place.path })
  expect(exitCode).toBe(1)
  const { problems, totals } = place.json('reports/summary.json') as {
    readonly problems: readonly { readonly requirements: readonly string[]; readonly got: string }[]
    readonly totals: { readonly scenarios: { readonly failed: number; readonly skipped: number } }
  }
  expect(problems.map(({ requirements, got }) => [requirements, got])).toEqual([[['RELAY-VERIFY-01'], '500']])
  expect(totals.scenarios.failed).toBeLessThanOrEqual(3)
  expect(totals.scenarios.skipped).toBeGreaterThan(50)
  expect(place.text('reports/summary.md')).toContain('given up')
})
