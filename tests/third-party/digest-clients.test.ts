import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { bulkDeleteBody } from '#protocol/mstore/bulk-requests.ts'
import { endpointPath, endpointTarget, type MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import { profileBody } from '#protocol/mstore/profile.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { credentialMistakes } from '#protocol/mstore/digest-form-mistakes.ts'
import type { MStorePatch } from '#mocks/mstore/rulebook.ts'
import type { MStoreMock } from '#mocks/mstore/start.ts'
import { closeMocks, control, notes, startMock, subscribe } from '../mstore-client.ts'

afterEach(closeMocks)

const execute = promisify(execFile)
const AUTHORITY = join(PACKAGE_ROOT, 'fixtures/tls/authority.pem')
const SCRIPT = join(PACKAGE_ROOT, 'tests/third-party/digest-clients.cjs')

/** Clients that know nothing of mStore but a user name and a password. */
const CLIENTS = ['curl', 'urllib', 'digest-fetch'] as const
type Client = (typeof CLIENTS)[number] | 'axios-digest-auth'

/** How the number is written in the path: as it is, which is the only way in which the digests of these clients fit. */
type Spelling = 'as it is' | 'percent-encoded'

interface Wish {
  readonly endpoint: MStoreEndpoint
  readonly method?: string
  readonly json?: unknown
}

interface Answered {
  readonly status: number
  readonly text: string
}

/** A mock with a subscriber, and a way to have a client make calls with that subscriber's credentials. */
async function started(plain: boolean, rulebook: MStorePatch = {}) {
  const mock = await startMock({ plain, rulebook })
  const { msisdn } = await subscribe(mock)
  const { json } = await control(mock, 'POST /credentials', { msisdn })
  const credentials = json as { readonly username: string; readonly password: string }
  const ask = (client: Client, calls: readonly Wish[], spelling: Spelling = 'as it is') =>
    made(
      mock,
      calls.map(({ endpoint, method = 'GET', json: content }) => ({
        client,
        method,
        ...credentials,
        url: `${mock.url}${spelt(endpointTarget(msisdn, endpoint), spelling)}`,
        headers: { 'User-Agent': '3gpp-gba', ...(content === undefined ? {} : JSON_TYPE) },
        body: content === undefined ? null : JSON.stringify(content),
      })),
    )
  return { mock, msisdn, ask }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

function spelt(target: string, spelling: Spelling): string {
  return spelling === 'as it is' ? target.replace('tel%3A%2B', 'tel:+') : target
}

async function made(mock: MStoreMock, calls: readonly object[]): Promise<readonly Answered[]> {
  const ca = mock.ca === null ? null : AUTHORITY
  const given = JSON.stringify(calls.map((call) => ({ ...call, ca })))
  const { stdout } = await execute(process.execPath, ['--no-warnings', SCRIPT, given], {
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: AUTHORITY },
  })
  return JSON.parse(stdout) as readonly Answered[]
}

const READ: Wish = { endpoint: { kind: 'profile' } }
const WRITE: Wish = { ...READ, method: 'PUT', json: profileBody([['Language', 'spa']]) }

describe.each([
  ['with TLS', false],
  ['in clear', true],
])('an mStore %s', (_form, plain) => {
  it.each(CLIENTS)('lets %s read, write and delete', async (client) => {
    const { mock, msisdn, ask } = await started(plain)
    const left = await control(mock, 'POST /voicemails', { msisdn })
    const { objectPath = '' } = left.json as { readonly objectPath?: string }
    const url = simpleUrl(mock.url, endpointPath(msisdn, { kind: 'object', objectPath }))
    const remove: Wish = { endpoint: { kind: 'bulk-delete' }, method: 'DELETE', json: bulkDeleteBody([url]) }
    const answers = await ask(client, [READ, WRITE, READ, remove])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers[0]?.text).toContain('{"name":"Language","value":["eng"]}')
    expect(answers[2]?.text).toContain('{"name":"Language","value":["spa"]}')
    expect(answers[3]?.text).toContain('"success"')
    const { json } = await control(mock, `GET /subscribers?msisdn=${encodeURIComponent(msisdn)}`)
    expect(json).toMatchObject({ subscribers: [{ voicemails: 0 }] })
    expect(await heads(mock)).toEqual(Array.from({ length: 4 }, () => [401, 200]).flat())
  })
})

it.each(CLIENTS)(
  '%s is refused where its digest holds an escape of the path, and the answer says why',
  async (client) => {
    const { mock, ask } = await started(true)
    expect((await ask(client, [READ], 'percent-encoded'))[0]?.status).toBe(401)
    expect((await notes(mock)).flat()).toContain(
      'uri: expected another form than encoded-path (MSTORE-AUTH-19)',
    )
  },
)

it('a client that quotes nc is refused for that alone', async () => {
  const { mock, ask } = await started(true)
  expect((await ask('axios-digest-auth', [READ]))[0]?.status).toBe(401)
  const [, second] = await notes(mock)
  expect(second).toEqual([
    'read-profile: malformed-credentials',
    'nc is quoted (MSTORE-AUTH-25)',
    'MSISDN URI: expected tel%3A%2B, got it as it is (MSTORE-URL-04)',
  ])

  const lenient = await started(true, {
    authentication: {
      credentialMistakes: (...given) => credentialMistakes(...given).filter((fault) => fault !== 'quoted-nc'),
    },
  })
  expect((await lenient.ask('axios-digest-auth', [READ, WRITE])).map(({ status }) => status)).toEqual([
    200, 200,
  ])
})

/** The statuses of all requests, in their order. */
async function heads(mock: MStoreMock): Promise<readonly unknown[]> {
  const { json } = await control(mock, 'GET /journal')
  return (json as { readonly entries: readonly { readonly status: number }[] }).entries.map(
    ({ status }) => status,
  )
}
