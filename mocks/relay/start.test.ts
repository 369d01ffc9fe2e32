import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { rawRequest } from '../../tests/raw-request.ts'
import { as, ask, closeMocks, codeOf, register, send, startMock, submit } from '../../tests/relay-client.ts'
import { ALICE, attributesOf, authorizationOf, BOB, UNREGISTERED } from '../../tests/relay-trial.ts'
import { startRelayMock } from './start.ts'

afterEach(closeMocks)

const AB = { from: ALICE, to: BOB }

describe('the relay over HTTP', () => {
  it('answers as the relay spec says', async () => {
    const mock = await startMock()
    expect(await register(mock, ALICE)).toEqual([200, 200, 200])
    expect(await register(mock, BOB)).toEqual([200, 200, 200])
    expect(await submit(mock, AB)).toEqual({ status: 200, type: null, text: '' })
    expect(await submit(mock, AB, { destinationDeviceId: 3 })).toEqual({
      status: 409,
      type: 'application/json',
      text: '{"missingDevices":[1],"extraDevices":[3]}',
    })
    expect(await submit(mock, AB, { destinationRegistrationId: 9 })).toEqual({
      status: 410,
      type: 'application/json',
      text: '{"staleDevices":[1]}',
    })
    expect((await submit(mock, { from: ALICE, to: UNREGISTERED })).status).toBe(404)
    expect((await submit(mock, { from: UNREGISTERED, to: BOB })).status).toBe(401)
    expect((await submit(mock, AB, { body: '!!!!' })).status).toBe(415)
    const { url } = mock
    expect((await send(`${url}/v1/accounts/sms/code/abc`)).status).toBe(400)
    expect((await send(`${url}/v1/accounts/email/code/${ALICE}`)).status).toBe(415)
    expect((await send(`${url}/v1/accounts/gcm/`, 'DELETE', { headers: as(BOB) })).status).toBe(200)
    expect((await send(`${url}/v1/accounts/apn`, 'DELETE', { json: {}, headers: as(BOB) })).status).toBe(200)
    expect((await submit(mock, AB)).status).toBe(404)
    const wrong = { json: attributesOf(ALICE), headers: as(ALICE) }
    const codes = [1, 2, 3].map(() => send(`${url}/v1/accounts/code/1`, 'PUT', wrong))
    expect((await Promise.all(codes)).map(({ status }) => status).sort()).toEqual([403, 413, 413])
  })

  it('spoils the answers that a fault of the network is for, after they took effect', async () => {
    const mock = await startMock()
    const fault = { kind: 'cut', bytes: 12, operation: 'request-code', number: ALICE, nth: 2 }
    expect(await send(`${mock.control}/network`, 'POST', { json: fault })).toMatchObject({ text: '{"id":1}' })
    const asked = (number: string) => send(`${mock.url}/v1/accounts/sms/code/${number}`).catch(() => 'cut')
    expect(await asked(ALICE)).toMatchObject({ status: 200 })
    expect(await asked(BOB)).toMatchObject({ status: 200 })
    expect(await asked(ALICE)).toBe('cut')
    expect((await ask(mock, `/codes?number=${encodeURIComponent(ALICE)}`))['codes']).toHaveLength(2)
    const { entries, count } = await ask(
      mock,
      `/journal?decoded&status=none&number=${encodeURIComponent(ALICE)}`,
    )
    expect(count).toBe(1)
    expect(entries).toMatchObject([
      {
        operation: 'request-code',
        outcome: 'code-sent',
        notes: [expect.any(String), 'network fault cut 12 bytes'],
      },
    ])
  })

  it('answers as deployed relays do', async () => {
    const mock = await startMock({ dialect: 'deployed' })
    expect(await register(mock, ALICE)).toEqual([200, 204, 204])
    expect(await register(mock, BOB)).toEqual([200, 204, 204])
    expect((await submit(mock, AB)).status).toBe(204)
    expect((await send(`${mock.url}/v1/accounts/email/code/${ALICE}`)).status).toBe(422)
    const gcm = (json: unknown) => send(`${mock.url}/v1/accounts/gcm/`, 'PUT', { json, headers: as(BOB) })
    expect(await gcm({})).toMatchObject({ status: 422, type: 'text/html;charset=ISO-8859-1' })
    expect((await gcm({ gcmRegistrationId: {} })).status).toBe(400)
    expect(await submit(mock, { from: UNREGISTERED, to: BOB })).toMatchObject({
      status: 401,
      type: 'text/plain',
    })
    const printed = { json: attributesOf(ALICE), headers: as(ALICE) }
    expect((await send(`${mock.url}/v1/acccounts/code/1`, 'PUT', printed)).status).toBe(404)
    const short = { json: attributesOf(ALICE), headers: { Authorization: 'Basic abc' } }
    expect((await send(`${mock.url}/v1/accounts/code/1`, 'PUT', short)).status).toBe(500)
    expect((await send(`${mock.url}/v1/accounts/code/1`, 'PUT', { ...short, json: {} })).status).toBe(422)
  })

  it.each([
    ['text/plain', '{"gcmRegistrationId":"x"}', 415],
    ['application/json; charset=iso-8859-1', '{"gcmRegistrationId":"x"}', 415],
    ['application/json; charset=utf-8', '{"gcmRegistrationId":"x"}', 200],
    ['application/json', '{gcmRegistrationId: "x"}', 415],
    ['application/json', '', 415],
    ['application/json', `{"gcmRegistrationId":"${'x'.repeat(3 * 1024 * 1024)}"}`, 415],
  ])('with %s and %.40s answers %i', async (type, body, status) => {
    const mock = await startMock()
    await register(mock, BOB)
    const headers = { ...as(BOB), 'Content-Type': type }
    expect((await send(`${mock.url}/v1/accounts/gcm/`, 'PUT', { body, headers })).status).toBe(status)
    expect((await submit(mock, { from: BOB, to: BOB })).status).toBe(200)
  })

  it('answers a 401 before it looks at a body, and names the scheme', async () => {
    const mock = await startMock()
    const response = await fetch(`${mock.url}/v1/messages/${BOB}`, { method: 'PUT', body: '{' })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic /)
  })

  it.each([
    ['GET', '/', 404],
    ['GET', '/v1/keys', 404],
    ['GET', '/v1/devices/provisioning_code', 404],
    ['POST', '/v1/messages/', 404],
    ['POST', `/v1/messages/${BOB}`, 404],
    ['GET', '/V1/accounts/sms/code/+14155550100', 404],
    ['GET', '/v1/accounts/sms/code/%ZZ', 400],
    ['GET', '/v1/accounts/sms/code/%2B14155550102', 200],
    ['GET', '/v1/accounts/sms/code/+14155550103/', 200],
    ['PUT', '/v1/accounts/apn', 401],
  ])('%s %s answers %i', async (method, path, status) => {
    const mock = await startMock()
    expect((await send(mock.url + path, method)).status).toBe(status)
  })

  it('takes the misprinted path and remarks on it', async () => {
    const mock = await startMock()
    await send(`${mock.url}/v1/accounts/sms/code/${ALICE}`)
    const path = `/v1/acccounts/code/${await codeOf(mock, ALICE)}`
    expect(
      (await send(mock.url + path, 'PUT', { json: attributesOf(ALICE), headers: as(ALICE) })).status,
    ).toBe(200)
    const { entries } = await ask(mock, '/journal?since=1')
    expect(entries).toEqual([
      expect.objectContaining({
        target: path,
        notes: expect.arrayContaining([expect.stringContaining('E-01')]),
      }),
    ])
  })

  it('reads a body that comes in pieces', async () => {
    const mock = await startMock()
    await register(mock, BOB)
    const head = `PUT /v1/accounts/gcm/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${authorizationOf(BOB)}\r\n`
    const typed = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const pieces = ['{"gcmRegistr', 'ationId":"in p', 'ieces"}'].map(
      (piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`,
    )
    expect(await rawRequest(mock.url, head + typed, ...pieces, '0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /)
    expect(await ask(mock, '/accounts')).toMatchObject({ accounts: [{ devices: [{ gcmId: 'in pieces' }] }] })
  })

  it('decides nothing when the client goes before its body is whole', async () => {
    const mock = await startMock()
    await register(mock, BOB)
    const head = `DELETE /v1/accounts/gcm/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorizationOf(BOB)}\r\nContent-Length: 9\r\n\r\n`
    const { hostname, port } = new URL(mock.url)
    const { connect } = await import('node:net')
    await new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end(`${head}half`))
      socket.on('close', resolve).resume()
    })
    expect((await submit(mock, { from: BOB, to: BOB })).status).toBe(200)
  })

  it('answers 500 where its own code throws, says so, and goes on', async () => {
    const errors: unknown[] = []
    const broken = new Error('broken rule')
    const mock = await startMock({
      onError: (error) => errors.push(error),
      rulebook: {
        codes: {
          transportOf: () => {
            throw broken
          },
        },
      },
    })
    expect((await send(`${mock.url}/v1/accounts/sms/code/${ALICE}`)).status).toBe(500)
    expect(errors).toEqual([broken])
    expect((await send(`${mock.url}/v1/accounts/gcm/`, 'DELETE')).status).toBe(401)
  })
})

describe('an answer that is wrong on the wire', () => {
  const request = `GET /v1/accounts/sms/code/${ALICE} HTTP/1.1\r\nHost: x\r\n\r\n`

  it.each([
    ['other bytes', { kind: 'raw', bytes: Buffer.from('HTTP/9 hm') }, 'HTTP/9 hm'],
    ['nothing, and the connection closed', { kind: 'hang-up' }, ''],
  ] as const)('can be %s', async (_case, answer, received) => {
    const mock = await startMock({ rulebook: { wire: { transform: () => answer } } })
    expect(await rawRequest(mock.url, request)).toBe(received)
    expect(await ask(mock, '/journal')).toMatchObject({ entries: [{ status: null }] })
  })

  it('can be none at all, until the mock is closed', async () => {
    const mock = await startMock({ rulebook: { wire: { transform: () => ({ kind: 'silence' }) } } })
    const hanging = rawRequest(mock.url, request).catch(() => '')
    await expect
      .poll(() => ask(mock, '/journal'))
      .toMatchObject({ entries: [{ method: 'GET', status: null }] })
    await mock.close()
    expect(await hanging).toBe('')
  })
})

describe('what is not HTTP', () => {
  it.each([
    ['a bad header line', 'GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n', '400'],
    ['an unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['a space in the path', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', '400'],
    ['noise', '\u0000\u0001\u0002\r\n\r\n', '400'],
    ['a head without an end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
  ])('%s is refused, and stands in the journal as it came', async (_case, bytes, status) => {
    const mock = await startMock()
    expect(await rawRequest(mock.url, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    const { entries } = await ask(mock, '/journal')
    const raw = (entries as readonly { readonly raw: string }[]).map((entry) =>
      Buffer.from(entry.raw, 'base64'),
    )
    expect(Buffer.concat(raw).toString('latin1')).toBe(bytes)
  })

  it('a request that does not come to an end is given up', async () => {
    const mock = await startMock({ requestTimeoutMs: 100 })
    const head = 'PUT /v1/accounts/gcm/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf'
    expect(await rawRequest(mock.url, head)).toMatch(/^HTTP\/1.1 408 /)
  })
})

describe('the journal', () => {
  it('holds every request exactly as it came, pipelined ones apart, with what became of them', async () => {
    const mock = await startMock()
    const first = `GET /v1/accounts/sms/code/${ALICE} HTTP/1.1\r\nhOsT:  x\r\nX-Odd: \u00e4\r\n\r\n`
    const second =
      'PUT /v1/accounts/gcm/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n'
    await rawRequest(mock.url, Buffer.from(first + second, 'latin1'))
    const { entries, dropped } = await ask(mock, '/journal')
    expect(dropped).toBe(0)
    expect(entries).toMatchObject([
      {
        id: 1,
        socket: 1,
        method: 'GET',
        target: `/v1/accounts/sms/code/${ALICE}`,
        status: 200,
        bytes: first.length,
      },
      { id: 2, socket: 1, method: 'PUT', target: '/v1/accounts/gcm/', status: 401, bytes: second.length },
    ])
    const raw = (entries as readonly { readonly raw: string }[]).map((entry) =>
      Buffer.from(entry.raw, 'base64'),
    )
    expect(raw.map((bytes) => bytes.toString('latin1'))).toEqual([first, second])
  })

  it('is read a page at a time, and begins anew after a reset', async () => {
    const mock = await startMock()
    for (let count = 0; count < 3; count++) await send(`${mock.url}/`)
    expect((await ask(mock, '/journal?since=1&limit=1'))['entries']).toMatchObject([{ id: 2, status: 404 }])
    await send(`${mock.control}/reset`, 'POST', { json: {} })
    expect((await ask(mock, '/journal'))['entries']).toEqual([])
  })
})

describe('starting', () => {
  it('gives the same answers for the same seed and requests', async () => {
    const run = async () => {
      const mock = await startMock({ seed: 'same', nowMs: () => 1_400_000_000_000 })
      await register(mock, ALICE)
      await register(mock, BOB)
      await submit(mock, AB)
      return [await ask(mock, '/codes'), await ask(mock, '/pushes'), await ask(mock, '/accounts')]
    }
    expect(await run()).toEqual(await run())
  })

  it.each(['port', 'controlPort'] as const)(
    'refuses a %s that is taken, and leaves nothing listening',
    async (name) => {
      const taken = Number(new URL((await startMock()).url).port)
      const option = name === 'port' ? '--port' : '--control-port'
      await expect(startRelayMock({ [name]: taken })).rejects.toThrow(
        new UsageError(
          `port ${taken} on 127.0.0.1 is taken; choose another with ${option} (0 takes any free one)`,
        ),
      )
    },
  )

  it('refuses an unknown fault', async () => {
    await expect(startRelayMock({ faults: ['RELAY-CODE-01/nonsense'] })).rejects.toThrow(UsageError)
  })

  it('leaves nothing behind when it is closed', async () => {
    const mock = await startRelayMock()
    const { url, control } = mock
    await send(`${url}/`)
    await mock.close()
    await expect(fetch(url)).rejects.toThrow()
    await expect(fetch(control)).rejects.toThrow()
  })
})
