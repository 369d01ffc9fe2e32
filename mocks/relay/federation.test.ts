import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { utf8 } from '#protocol/bytes.ts'
import { basicAuthorization } from '#protocol/relay/credentials.ts'
import { openFrame } from '#protocol/relay/frame.ts'
import { signalingKey } from '#protocol/relay/signaling-key.ts'
import { decodeSignal } from '#protocol/relay/signals.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { as, ask, closeMocks, codeOf, register, send, startMock, submit } from '../../tests/relay-client.ts'
import { key, upload } from '../../tests/relay-keys.ts'
import {
  ALICE,
  attributesOf,
  BOB,
  CAROL,
  message,
  UNREGISTERED,
  signalingKeyOf,
} from '../../tests/relay-trial.ts'
import type { RelayMock, RelayMockOptions } from './start.ts'

afterEach(closeMocks)

/** Two nodes that know each other; Alice is at north, Bob at south. */
async function pair(options: RelayMockOptions = {}) {
  const north = await startMock({ name: 'north', ...options })
  const south = await startMock({ name: 'south', peers: { north: north.url } })
  await north.connect({ south: south.url })
  await register(north, ALICE)
  await register(south, BOB)
  return { north, south }
}

/** Submits a message of Alice's to Bob by way of a relay; `to` and the parts of the message may be others. */
function sendBy(
  relay: string | null,
  mock: RelayMock,
  { to = BOB, ...over }: { to?: string; [part: string]: unknown } = {},
) {
  const json = { ...(relay === null ? {} : { relay }), messages: [message(over)] }
  return send(`${mock.url}/v1/messages/${to}`, 'PUT', { json, headers: as(ALICE) })
}

async function contacts(mock: RelayMock, number: string, from: string): Promise<unknown> {
  const answer = await send(`${mock.url}/v1/directory/tokens`, 'PUT', {
    json: { contacts: [directoryToken(number)] },
    headers: as(from),
  })
  return (JSON.parse(answer.text) as { contacts: unknown }).contacts
}

async function pushes(mock: RelayMock): Promise<readonly { readonly notification: string }[]> {
  return (await ask(mock, '/pushes'))['pushes'] as readonly { readonly notification: string }[]
}

describe('two nodes', () => {
  it('list the numbers of the other under its name, as soon as they are there and as long as they are', async () => {
    const { north, south } = await pair()
    const token = directoryToken(BOB)
    expect(await contacts(north, BOB, ALICE)).toEqual([{ token, relay: 'south' }])
    expect(await contacts(south, ALICE, BOB)).toEqual([{ token: directoryToken(ALICE), relay: 'north' }])
    expect(await contacts(south, BOB, BOB)).toEqual([{ token }])
    await send(`${south.url}/v1/accounts/gcm/`, 'DELETE', { headers: as(BOB) })
    expect(await contacts(north, BOB, ALICE)).toEqual([])
    const apn = { json: { apnRegistrationId: 'back' }, headers: as(BOB) }
    await send(`${south.url}/v1/accounts/apn/`, 'PUT', apn)
    expect(await contacts(north, BOB, ALICE)).toEqual([{ token, relay: 'south' }])
  })

  it('list what was there before they met', async () => {
    const [north, south] = await Promise.all([startMock({ name: 'north' }), startMock({ name: 'south' })])
    await register(north, ALICE)
    await register(south, BOB)
    await south.connect({ north: north.url })
    expect(await contacts(south, ALICE, BOB)).toEqual([])
    await north.connect({ south: south.url })
    expect(await contacts(south, ALICE, BOB)).toEqual([{ token: directoryToken(ALICE), relay: 'north' }])
    expect(await contacts(north, BOB, ALICE)).toEqual([{ token: directoryToken(BOB), relay: 'south' }])
  })

  it('prefer a number of their own', async () => {
    const { north, south } = await pair()
    const token = directoryToken(CAROL)
    await register(south, CAROL)
    expect(await contacts(north, CAROL, ALICE)).toEqual([{ token, relay: 'south' }])
    await north.connect({})
    await register(north, CAROL)
    await north.connect({ south: south.url })
    expect(await contacts(north, CAROL, ALICE)).toEqual([{ token }])
    expect(await contacts(south, CAROL, BOB)).toEqual([{ token }])
  })

  it('answer 417 to the right code for a number of the other, and 403 to a wrong one', async () => {
    const { north } = await pair()
    await send(`${north.url}/v1/accounts/sms/code/${BOB}`)
    const confirm = (code: string) =>
      send(`${north.url}/v1/accounts/code/${code}`, 'PUT', { json: attributesOf(BOB), headers: as(BOB) })
    expect((await confirm('000000')).status).toBe(403)
    expect((await confirm(await codeOf(north, BOB))).status).toBe(417)
    const { accounts } = await ask(north, `/accounts?number=${encodeURIComponent(BOB)}`)
    expect(accounts).toEqual([])
  })

  it('fetch prekeys of the other, one by one', async () => {
    const { north, south } = await pair({ rulebook: { limits: { figures: { prekeys: null } } } })
    await send(`${south.url}/v1/keys/`, 'PUT', { json: upload([5, 4]), headers: as(BOB) })
    const fetched = (query: string, device = '1') =>
      send(`${north.url}/v1/keys/${BOB}/${device}${query}`, 'GET', { headers: as(ALICE) })
    expect(await fetched('?relay=south')).toEqual({
      status: 200,
      type: 'application/json',
      text: JSON.stringify({ keys: [{ deviceId: 1, ...key(4), registrationId: 101 }] }),
    })
    expect((await fetched('')).status).toBe(404)
    expect((await fetched('?relay=east')).status).toBe(404)
    expect((await fetched('?relay=north')).status).toBe(404)
    expect((await fetched('?relay=south', '9')).status).toBe(404)
    expect((await fetched('?relay=south', '*')).text).toBe(
      JSON.stringify({ keys: [{ deviceId: 1, ...key(5), registrationId: 101 }] }),
    )
  })

  it('hand over messages, and refusals word for word', async () => {
    const { north, south } = await pair()
    expect(await sendBy('south', north)).toEqual({ status: 200, type: null, text: '' })
    expect(await sendBy('south', north, { destinationDeviceId: 3 })).toEqual({
      status: 409,
      type: 'application/json',
      text: '{"missingDevices":[1],"extraDevices":[3]}',
    })
    expect(await sendBy('south', north, { destinationRegistrationId: 9 })).toEqual({
      status: 410,
      type: 'application/json',
      text: '{"staleDevices":[1]}',
    })
    expect((await sendBy('south', north, { to: UNREGISTERED })).status).toBe(404)
    expect((await sendBy(null, north)).status).toBe(404)
    expect((await sendBy('east', north, { to: ALICE })).status).toBe(404)
    expect((await sendBy('south', north, { body: '!!!!' })).status).toBe(415)
    expect(await pushes(north)).toEqual([])
    expect(await pushes(south)).toHaveLength(1)
  })

  it('name the sender of a message, and its node', async () => {
    const { north, south } = await pair()
    await sendBy('south', north)
    const [{ notification } = { notification: '' }] = await pushes(south)
    const opened = openFrame(Buffer.from(notification, 'base64'), signalingKey(signalingKeyOf(BOB)), ['sha1'])
    const read = decodeSignal(opened.kind === 'opened' ? opened.plaintext : new Uint8Array())
    expect(read).toMatchObject({
      signal: { source: ALICE, sourceDevice: 1, relay: 'north', message: utf8('foobarz') },
    })
  })

  it('do not open their ways to anybody else', async () => {
    const { south } = await pair()
    const listing = `${south.url}/v1/federation/listing`
    const wrongToken = { Authorization: basicAuthorization({ username: 'north', password: 'guessed' }) }
    const unknownPeer = {
      Authorization: basicAuthorization({ username: 'east', password: 'touchstone-peers' }),
    }
    for (const headers of [{}, as(BOB), wrongToken, unknownPeer]) {
      const answers = await Promise.all([
        send(`${listing}/0`, 'GET', { headers }),
        send(listing, 'PUT', { json: { accounts: [] }, headers }),
        send(listing, 'PATCH', { json: { accounts: [] }, headers }),
        send(`${south.url}/v1/federation/key/${BOB}/1`, 'GET', { headers }),
        send(`${south.url}/v1/federation/messages/${ALICE}/1/${BOB}`, 'PUT', {
          json: { messages: [message()] },
          headers,
        }),
      ])
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    }
    expect(await pushes(south)).toEqual([])
    const alone = await startMock()
    expect((await send(`${alone.url}/v1/federation/listing/0`, 'GET', { headers: wrongToken })).status).toBe(
      404,
    )
  })

  it.each(['north', 'south'] as const)('still know each other after a reset of %s', async (which) => {
    const nodes = await pair()
    const { north, south } = nodes
    expect((await send(`${nodes[which].control}/reset`, 'POST', { json: {} })).status).toBe(204)
    await register(nodes[which], which === 'north' ? ALICE : BOB)
    expect(await contacts(north, BOB, ALICE)).toEqual([{ token: directoryToken(BOB), relay: 'south' }])
    expect(await contacts(south, ALICE, BOB)).toEqual([{ token: directoryToken(ALICE), relay: 'north' }])
    expect((await sendBy('south', north)).status).toBe(200)
  })

  it('forget what a node listed when it is reset', async () => {
    const { north, south } = await pair()
    await send(`${south.control}/reset`, 'POST', { json: {} })
    expect(await contacts(north, BOB, ALICE)).toEqual([])
  })
})

describe('a node whose peer is gone', () => {
  it('answers 404 for prekeys and 503 for messages, and goes on by itself', async () => {
    const { north, south } = await pair()
    await south.close()
    expect(
      (await send(`${north.url}/v1/keys/${BOB}/1?relay=south`, 'GET', { headers: as(ALICE) })).status,
    ).toBe(404)
    expect((await sendBy('south', north)).status).toBe(503)
    expect(await register(north, CAROL)).toEqual([200, 200, 200])
    expect((await submit(north, { from: ALICE, to: CAROL }, { destinationRegistrationId: 103 })).status).toBe(
      200,
    )
    const { entries } = await ask(north, '/journal')
    const notes = (entries as readonly { readonly notes: readonly string[] }[]).flatMap(
      (entry) => entry.notes,
    )
    expect(notes).toContainEqual(expect.stringMatching(/^peer south was not reached: .*ECONNREFUSED/))
    expect(await ask(north, '/peers')).toMatchObject({
      name: 'north',
      announceAfterMs: 0,
      peers: { south: { url: south.url, failure: expect.stringContaining('ECONNREFUSED') } },
    })
  })

  it('waits for a silent one no longer than the rulebook says', async () => {
    const silent = createServer((socket) => socket.resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const north = await startMock({
      name: 'north',
      peers: { south: `http://127.0.0.1:${port}` },
      rulebook: { federation: { timeoutMs: 20 } },
    })
    await register(north, ALICE)
    expect((await sendBy('south', north)).status).toBe(503)
    expect(await ask(north, '/peers')).toMatchObject({
      peers: { south: { failure: 'no answer within 20 ms' } },
    })
    await new Promise((resolve) => silent.close(resolve))
  })
})

describe('peers', () => {
  it('are set and shown by the control plane', async () => {
    const [north, south] = await Promise.all([startMock({ name: 'north' }), startMock({ name: 'south' })])
    const put = (mock: RelayMock, json: unknown) => send(`${mock.control}/peers`, 'PUT', { json })
    await register(south, BOB)
    expect(JSON.parse((await put(south, { peers: { north: north.url } })).text)).toMatchObject({
      name: 'south',
      peers: { north: { listed: 0, failure: expect.stringContaining('404') } },
    })
    expect(JSON.parse((await put(north, { peers: { south: south.url } })).text)).toEqual({
      name: 'north',
      announceAfterMs: 0,
      peers: { south: { url: south.url, control: null, listed: 1, failure: null } },
    })
    expect(JSON.parse((await put(north, { peers: {} })).text)).toMatchObject({ name: 'north', peers: {} })
    expect(await put(north, { peers: { north: south.url } })).toMatchObject({ status: 400 })
    expect(await put(north, { peers: { 'a:b': south.url } })).toMatchObject({ status: 400 })
    expect(await put(north, { peers: { south: 'south' } })).toMatchObject({ status: 400 })
    expect(await put(north, { peers: [] })).toMatchObject({ status: 400 })
  })

  it('must have names and URLs that can be', async () => {
    await expect(startMock({ name: 'a:b' })).rejects.toThrow(UsageError)
    await expect(startMock({ peers: { south: 'ftp://x' } })).rejects.toThrow(UsageError)
    await expect(startMock({ name: 'south', peers: { south: 'http://x' } })).rejects.toThrow(UsageError)
  })
})
