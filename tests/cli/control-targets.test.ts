import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fallingSilent, httpServer, rawServer, UNJUDGED, type TestServer } from './servers.ts'
import { command } from './in-process.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace
let server: TestServer | null

beforeEach(() => {
  place = workplace()
  server = null
})

afterEach(async () => {
  await server?.close()
  place.remove()
})

/** Generous: two engines may share one core. The time-out itself is far shorter. */
const PROMPT_MS = 10_000

const verify = (url: string, ...args: readonly string[]) =>
  touchstone(['verify', 'relay', '--url', url, '--timeout', '500', '--reports', place.path, ...args])

/** What every target that cannot be verified comes to: exit code 3, one reason, a record that says the same. */
async function expectInconclusive(url: string, reason: RegExp): Promise<void> {
  const { exitCode, stdout, stderr, durationMs } = await verify(url, '--quiet')
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' })
  expect(stdout).toMatch(/^INCONCLUSIVE: [^\n]+\n$/)
  expect(stdout).toMatch(reason)
  expect(durationMs).toBeLessThan(PROMPT_MS)
  expect(place.json('run.json')).toMatchObject({
    preflight: expect.stringMatching(reason),
    finishedAt: expect.any(String),
  })
  expect(place.json('summary.json')).toMatchObject({ verdict: 'inconclusive', exitCode: 3 })
}

describe('a target that cannot be verified', () => {
  it.each(UNJUDGED)('%s', async (_, start, reason) => {
    server = await start()
    await expectInconclusive(server.url, reason)
  })

  it('a host that does not exist', async () => {
    await expectInconclusive('http://touchstone.invalid', /no address for host|no connection/)
  })

  it('a server that stops answering once the run has begun, and holds its connections', async () => {
    server = await fallingSilent(6)
    const { exitCode, stdout, durationMs } = await verify(server.url, '--quiet', '--only', 'RELAY-CODE-01')
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: expect.stringMatching(/^INCONCLUSIVE: /) })
    expect(durationMs).toBeLessThan(PROMPT_MS)
  })
})

it('a server that accepts everything but what an earlier harness asked is not conformant in a few rows', async () => {
  const known = /touchstone|\+15550100000/
  server = await httpServer(({ url = '', headers: { authorization = '' } }, response) => {
    const credentials = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()
    response.writeHead(known.test(url) || known.test(credentials) ? 404 : 200).end('{}')
  })
  const { exitCode, stdout } = await verify(server.url, '--quiet', '--only', 'RELAY-CODE-01')
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: expect.stringMatching(/accepts everything/) })
})

it('a server that refuses everything is not conformant', async () => {
  server = await httpServer((_, response) => response.writeHead(404).end())
  const { exitCode } = await verify(server.url, '--only', 'RELAY-CODE-01')
  expect(exitCode).toBe(1)
})

/** Does what RELAY-CODE-01 asks; to everything else its answer is `otherwise`. */
const rightForOneRow = (otherwise: number) =>
  httpServer(({ url = '' }, response) => {
    const isCode = /^\/v1\/accounts\/sms\/code\/(\+|%2B)\d{6,15}$/.test(url)
    response.writeHead(isCode ? 200 : otherwise).end()
  })

it('a server that is right for the selected row alone is conformant in that one row, and nowhere else', async () => {
  server = await rightForOneRow(404)
  const selected = await verify(server.url, '--quiet', '--only', 'RELAY-CODE-01')
  expect([selected.exitCode, selected.stdout]).toEqual([
    0,
    expect.stringMatching(/^CONFORMANT in the one requirement of the selection: 1 scenario: 1 passed\n$/),
  ])
  expect((await verify(server.url, '--quiet', '--only', 'RELAY-CODE')).exitCode).toBe(1)
})

it('a server that is right for the selected row and accepts all else is not verified', async () => {
  server = await rightForOneRow(200)
  const { exitCode, stdout } = await verify(server.url, '--quiet', '--only', 'RELAY-CODE-01')
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: expect.stringMatching(/accepts everything/) })
})

describe('a server that accepts everything now and then', () => {
  /** Requests before the scenarios, of both scenarios, and of the check while one of them runs; as many follow as come before. */
  const [BEFORE, SCENARIOS, MIDST] = [6, 2, 6]
  const AFTER = BEFORE + SCENARIOS + MIDST

  it.each<[when: string, isYes: (asked: number) => boolean, doubt: RegExp]>([
    ['from the first scenario on', (asked) => asked > BEFORE, /: while scenario [12] ran: /],
    ['but at first and at last', (asked) => asked > BEFORE && asked <= AFTER, /: while scenario [12] ran: /],
    ['once its scenarios are over', (asked) => asked > AFTER, /: after the scenarios: /],
  ])('%s, is not verified', async (_, isYes, doubt) => {
    let asked = 0
    server = await httpServer(({ url = '' }, response) => {
      asked += 1
      const isCode = /^\/v1\/accounts\/(sms|voice)\/code\//.test(url)
      response.writeHead(isCode || isYes(asked) ? 200 : 401).end('{}')
    })
    const only = ['--only', 'RELAY-CODE-01', '--only', 'RELAY-CODE-02']
    const { exitCode, stdout } = await verify(server.url, '--quiet', ...only)
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: expect.stringMatching(doubt) })
    expect(stdout).toMatch(/expected a refusal such as 401, got 200; a server that accepts everything/)
    expect(place.json('run.json')).toMatchObject({ recheck: expect.stringMatching(doubt) })
  })
})

it('plan sends nothing', async () => {
  server = await rawServer(() => undefined)
  const { exitCode, stdout } = await command(['plan', 'relay', '--url', server.url, '--control', server.url])
  expect({ exitCode, connections: server.connections() }).toEqual({ exitCode: 0, connections: 0 })
  expect(stdout).toContain('Nothing was sent.\n')
})
