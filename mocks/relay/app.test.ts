import { afterEach, describe, expect, it } from 'vitest'
import { randomBytes } from 'node:crypto'
import { decimalId, parseJson } from '#protocol/json.ts'
import { utf8 } from '#protocol/bytes.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { rawRequest } from '../../tests/raw-request.ts'
import { as, ask, closeMocks, register, send, startMock } from '../../tests/relay-client.ts'
import { key, LAST, upload } from '../../tests/relay-keys.ts'
import { ALICE, BOB, UNREGISTERED } from '../../tests/relay-trial.ts'
import type { RelayMock } from './start.ts'

afterEach(closeMocks)

const OCTETS = { 'Content-Type': 'application/octet-stream' }

function putKeys({ url }: RelayMock, json: unknown, path = '/v1/keys/') {
  return send(`${url}${path}`, 'PUT', { json, headers: as(BOB) })
}

function getKeys({ url }: RelayMock, path: string, from = ALICE) {
  return send(`${url}/v1/keys/${path}`, 'GET', { headers: as(from) })
}

function idOf(answer: { readonly text: string }): bigint {
  const read = parseJson(utf8(answer.text))
  const { id } = read.kind === 'json' ? (read.exact as { readonly id: unknown }) : { id: null }
  const decimal = decimalId(id)
  expect(decimal.kind).toBe('id')
  return decimal.kind === 'id' ? decimal.value : 0n
}

describe('prekeys over HTTP', () => {
  it('are uploaded and fetched as the relay spec says, whichever way a path is written', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    await register(mock, BOB)
    expect(await putKeys(mock, upload([1, 2, 3]))).toEqual({ status: 200, type: null, text: '' })
    expect(await ask(mock, '/accounts')).toMatchObject({
      accounts: [{ devices: [{ prekeys: 0 }] }, { devices: [{ prekeys: 3 }] }],
    })
    expect((await putKeys(mock, upload([1, 2, 3]), '/v1/keys')).status).toBe(200)
    expect(await getKeys(mock, `${BOB}/1`)).toEqual({
      status: 200,
      type: 'application/json',
      text: JSON.stringify({ keys: [{ deviceId: 1, ...key(1), registrationId: 101 }] }),
    })
    const all = [`${encodeURIComponent(BOB)}/*`, `${BOB}/%2A/`]
    expect((await Promise.all(all.map((path) => getKeys(mock, path)))).map(({ status }) => status)).toEqual([
      ...[200, 200],
    ])
    expect(JSON.parse((await getKeys(mock, `${BOB}/1?x=1`)).text)).toMatchObject({ keys: [{ keyId: LAST }] })
    for (const path of [
      `${UNREGISTERED}/1`,
      `${BOB}/9`,
      `${BOB}/abc`,
      `${BOB}/2?relay=no-such-node`,
      `${BOB}/3?relay=`,
    ]) {
      expect(await getKeys(mock, path)).toEqual({ status: 404, type: null, text: '' })
    }
    expect((await getKeys(mock, `${BOB}/1`, UNREGISTERED)).status).toBe(401)
    expect((await getKeys(mock, `${BOB}/1`)).status).toBe(200)
    expect((await getKeys(mock, `${BOB}/1`)).status).toBe(413)
    expect((await putKeys(mock, { keys: [] })).status).toBe(415)
    expect((await getKeys(mock, '')).status).toBe(404)
    expect((await getKeys(mock, BOB)).status).toBe(404)
  })

  it('are handed out once each, however many ask at once', async () => {
    const mock = await startMock({ rulebook: { limits: { figures: { prekeys: null } } } })
    await register(mock, ALICE)
    await register(mock, BOB)
    await putKeys(mock, upload(Array.from({ length: 30 }, (_, index) => index)))
    const answers = await Promise.all(Array.from({ length: 40 }, () => getKeys(mock, `${BOB}/1`)))
    const ids = answers.map(({ text }) => (JSON.parse(text) as { keys: [{ keyId: number }] }).keys[0].keyId)
    const expected = [...Array.from({ length: 30 }, (_, index) => index), ...Array<number>(10).fill(LAST)]
    expect(ids.sort((left, right) => left - right)).toEqual(expected)
  })
})

describe('the directory over HTTP', () => {
  it('answers as the relay spec says', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    const find = (json: unknown, from = ALICE) =>
      send(`${mock.url}/v1/directory/tokens`, 'PUT', { json, headers: as(from) })
    expect(await find({ contacts: [directoryToken(ALICE), directoryToken(BOB)] })).toEqual({
      status: 200,
      type: 'application/json',
      text: JSON.stringify({ contacts: [{ token: directoryToken(ALICE) }] }),
    })
    const bodies = [
      { contacts: ['a'] },
      { contacts: [directoryToken(ALICE), '!!!!'] },
      {},
      { contacts: [null] },
    ]
    expect((await Promise.all(bodies.map((body) => find(body)))).map(({ status }) => status)).toEqual([
      ...[400, 400, 415, 415],
    ])
    expect((await find({}, BOB)).status).toBe(401)
    const many = { contacts: Array<string>(50_000).fill(directoryToken(BOB)) }
    expect((await find(many)).status).toBe(200)
    expect((await find(many)).status).toBe(413)
  })
})

describe('attachments over HTTP', () => {
  it.each(['documented', 'deployed'] as const)('have ids exact to the last digit (%s)', async (dialect) => {
    const mock = await startMock({ dialect })
    await register(mock, ALICE)
    const answer = await send(`${mock.url}/v1/attachments/`, 'GET', { headers: as(ALICE) })
    const id = idOf(answer)
    expect(id).toBeGreaterThan(2n ** 62n)
    const { location } = JSON.parse(answer.text) as { location: string }
    const again = await send(`${mock.url}/v1/attachments/${id}`, 'GET', { headers: as(ALICE) })
    expect(again).toEqual({ status: 200, type: 'application/json', text: JSON.stringify({ location }) })
  })

  it.each([0, 1, 16, 64, 1024 * 1024, 4 * 1024 * 1024])('bring back a blob of %i bytes', async (length) => {
    const mock = await startMock()
    await register(mock, ALICE)
    const { text } = await send(`${mock.url}/v1/attachments/`, 'GET', { headers: as(ALICE) })
    const { location } = JSON.parse(text) as { location: string }
    expect(location.startsWith(`${mock.url}/blobs/`)).toBe(true)
    expect((await fetch(location)).status).toBe(404)
    const blob = randomBytes(length)
    expect((await fetch(location, { method: 'PUT', body: blob, headers: OCTETS })).status).toBe(200)
    const answer = await fetch(location)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), blob)).toBe(0)
  })

  it('refuse a blob that is too long, is of another type, or has no place', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    const { text } = await send(`${mock.url}/v1/attachments/`, 'GET', { headers: as(ALICE) })
    const { location } = JSON.parse(text) as { location: string }
    const put = async (url: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
      (await fetch(url, { method: 'PUT', body, headers })).status
    expect(await put(location, new Uint8Array(9 * 1024 * 1024), OCTETS)).toBe(413)
    expect(await put(location, new Uint8Array(9), { 'Content-Type': 'text/plain' })).toBe(415)
    expect(await put(`${mock.url}/blobs/0`, new Uint8Array(9), OCTETS)).toBe(404)
    expect((await fetch(location)).status).toBe(404)
  })

  it('have locations under the host that the client named, if it is one', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    const { host } = new URL(mock.url)
    const locationFor = async (named: string) => {
      const { Authorization = '' } = as(ALICE)
      const head = `GET /v1/attachments/ HTTP/1.1\r\nHost: ${named}\r\nAuthorization: ${Authorization}\r\nConnection: close\r\n\r\n`
      const answer = await rawRequest(mock.url, head)
      return /"location":"(http:\/\/[^/]+)/.exec(answer)?.[1]
    }
    expect(await locationFor('relay.example:81')).toBe('http://relay.example:81')
    expect(await locationFor('"><script>')).toBe(`http://${host}`)
  })
})
