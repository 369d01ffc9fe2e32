import { request } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { command } from './in-process.ts'
import { httpServer, type TestServer } from './servers.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace
let mock: RelayMock
let server: TestServer | null

beforeEach(async () => {
  place = workplace()
  mock = await startRelayMock({ seed: 'new target', dialect: 'deployed' })
  server = null
})

afterEach(async () => {
  await mock.close()
  await server?.close()
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

it('a target file is begun, looked at, planned with, verified by and cleaned up with', async () => {
  const here = { cwd: place.path }
  const begun = await command(
    ['init', '--url', `${mock.url}/v1`, '--control', mock.control, '--target', 'mine.yaml'],
    here,
  )
  expect(begun).toMatchObject({ exitCode: 0, stderr: '' })
  expect(place.text('mine.yaml')).toContain(`\nurl: ${mock.url}\n`)
  expect(await command(['init', '--url', mock.url, '--target', 'mine.yaml'], here)).toMatchObject({
    exitCode: 2,
    stderr: 'touchstone: mine.yaml is there already: --force overwrites it\n',
  })

  const healthy = await command(['doctor', '--target', 'mine.yaml', '--dialect', 'deployed'], here)
  expect(healthy.stdout).toContain('Healthy in what was tried.')
  expect(healthy.exitCode).toBe(0)

  const selection = ['--target', 'mine.yaml', '--dialect', 'deployed', '--only', 'RELAY-CODE-01']
  expect(await command(['plan', ...selection], here)).toMatchObject({ exitCode: 0 })
  expect(await touchstone(['verify', ...selection, '--quiet'], here)).toMatchObject({ exitCode: 0 })
  const cleanup = ['cleanup', '--ledger', 'reports/ledger.ndjson', '--target', 'mine.yaml']
  expect(await command(cleanup, here)).toMatchObject({ exitCode: 0, stderr: '' })
})

it('a mistake in a target file is told with its line, and what to write', async () => {
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
  expect(place.text('reports/summary.md')).toContain('given-up')
})
