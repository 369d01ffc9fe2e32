import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { httpServer, type TestServer } from './servers.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace
let mock: RelayMock
let server: TestServer
let queries = 0

beforeAll(async () => {
  place = workplace()
  mock = await startRelayMock({ seed: '1' })
  server = await httpServer(withoutDirectory)
})

afterAll(async () => {
  await server.close()
  await mock.close()
  place.remove()
})

/** The mock, but for the directory. */
function withoutDirectory(asked: IncomingMessage, response: ServerResponse): void {
  if (asked.url?.startsWith('/v1/directory') === true) {
    queries += 1
    response.writeHead(404).end()
    return
  }
  const { method = 'GET', headers, url = '/' } = asked
  const onward = request(new URL(url, mock.url), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  asked.pipe(onward)
}

interface Summary {
  readonly totals: {
    readonly scenarios: { readonly failed: number }
    readonly requirements: { readonly violated: number }
  }
}

async function verified(target: object) {
  writeFileSync(place.file('target.yaml'), JSON.stringify({ protocol: 'relay', url: server.url, ...target }))
  const plane = ['--control', mock.control]
  const args = [
    'verify',
    '--target',
    'target.yaml',
    ...plane,
    '--only',
    'RELAY-DIRECTORY-01',
    '--only',
    'RELAY-DIRECTORY-05',
    '--only',
    'RELAY-DIRECTORY-12',
  ]
  const { exitCode, stdout } = await touchstone(args, { cwd: place.path })
  const { totals } = place.json('reports/summary.json') as Summary
  const { scenarios, requirements } = totals
  return {
    exitCode,
    failed: scenarios.failed,
    violated: requirements.violated,
    said: stdout.replaceAll(/\s+/g, ' '),
  }
}

it('reports an operation once that is answered 404 everywhere, and nothing where it is declared', async () => {
  const found = await verified({})
  expect(found).toMatchObject({ exitCode: 1, failed: 1, violated: 1 })
  expect(found.said).toMatch(
    /\d+ not implemented: PUT \/v1\/directory\/tokens: RELAY-DIRECTORY-01 is violated: every request got 404/,
  )
  queries = 0
  const declared = await verified({ unimplemented: ['directory'] })
  // The checks before, amid and after the scenarios have two each.
  expect(queries).toBeLessThanOrEqual(6)
  expect(declared).toMatchObject({ failed: 0, violated: 0 })
  expect(declared.said).toMatch(/\d+ requirements not verified: declared unimplemented \(directory\)\./)
})
