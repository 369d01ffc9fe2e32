import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bareTarget } from '../../tests/relay-targets.ts'
import { MissingCapability } from './capabilities/failures.ts'
import { connectionOf } from './connection.ts'
import { endpointOf, parseBase } from './endpoint.ts'
import { admittedAddresses, PlaceRefused, reachOf, type AllowedReach } from './reach.ts'
import { downloadBlob, uploadBlob } from './relay/operations.ts'
import { Secrets } from './secrets.ts'
import type { RelayTarget } from './target.ts'
import { createWireClient } from './wire-client.ts'

const REMOTE = 'https://relay.example'

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'blobs.example': ['203.0.113.7'],
  'inside.example': ['127.0.0.1'],
  'both.example': ['203.0.113.7', '169.254.169.254'],
  'metadata.example': ['fe80::1%eth0'],
  localhost: ['127.0.0.1', '::1'],
}

const resolve = (host: string) => Promise.resolve(NAMES[host] ?? [])

function reach(target: string, given: Partial<AllowedReach> = {}): AllowedReach {
  return { target, attachmentOrigins: [], controlPlanes: [], ...given }
}

/** What becomes of a location: the addresses that may be connected to, or what would allow it. */
async function fate(location: string, from: AllowedReach): Promise<readonly string[] | string | null> {
  const place = endpointOf(parseBase(from.target), downloadBlob(location))
  if (place === null) throw new Error(`${location}: no place`)
  return admittedAddresses(place, from, resolve).catch((error: unknown) => {
    if (error instanceof PlaceRefused) return error.enable
    throw error
  })
}

describe('where a server may send a run', () => {
  it.each([
    [`${REMOTE}/blobs/1?signature=x`, reach(REMOTE), null],
    [
      'https://blobs.example/1',
      reach(REMOTE, { attachmentOrigins: ['https://blobs.example/'] }),
      ['203.0.113.7'],
    ],
    ['http://localhost:9000/1', reach('http://127.0.0.1:8080'), ['127.0.0.1', '::1']],
  ])(
    'is its own origin, an origin of the file, any port of this machine from itself: %s',
    async (...given) => {
      const [location, from, addresses] = given
      expect(await fate(location, from)).toEqual(addresses)
    },
  )

  it.each([
    ['another origin', 'https://blobs.example/1', REMOTE],
    ['another port', `${REMOTE}:8443/1`, REMOTE],
    ['the same host in clear', 'http://relay.example/1', REMOTE],
    ['a server elsewhere, from this machine', 'https://blobs.example/1', 'http://127.0.0.1:8080'],
  ])('is not %s, unless the file says so', async (_where, location, target) => {
    const { origin } = new URL(location)
    expect(await fate(location, reach(target))).toBe(`attachmentOrigins: [${origin}]`)
  })

  it.each([
    ['a name that leads to this machine', 'http://inside.example/1'],
    ['a name with one link-local address among others', 'http://both.example/1'],
    ['a link-local address', 'http://169.254.169.254/latest/meta-data'],
    ['a link-local name', 'http://metadata.example/1'],
    ['the address of no host', 'http://0.0.0.0/1'],
  ])('is never %s, whatever the file says', async (_where, location) => {
    const { origin } = new URL(location)
    expect(await fate(location, reach(REMOTE, { attachmentOrigins: [origin] }))).toMatch(/^none: /)
  })

  it.each([
    ['of its own', 'http://127.0.0.1:8081', 'http://localhost:8081/codes'],
    ['by another address of this machine', 'http://localhost:8081', 'http://127.9.9.9:8081/codes'],
    ['by the unspecified address', 'http://127.0.0.1:8081', 'http://0.0.0.0:8081/codes'],
    ['on the same origin', 'http://127.0.0.1:8080/control', 'http://127.0.0.1:8080/x/..//Control%2fcodes'],
  ])('is never a control plane %s', async (_how, plane, location) => {
    const from = reach('http://127.0.0.1:8080/relay', {
      controlPlanes: [plane],
      attachmentOrigins: [new URL(location).origin],
    })
    expect(await fate(location, from)).toMatch(/^none: /)
    expect(await fate('http://127.0.0.1:8080/relay/blobs/1', from)).toBeNull()
  })

  it('knows the control planes of the target and its peer', () => {
    const plane = (port: number) => ({ kind: 'mock-control', url: `http://127.0.0.1:${port}` }) as const
    const peer = {
      name: 'p',
      knownAs: 't',
      url: REMOTE,
      verificationCode: null,
      pushes: plane(2),
      devices: null,
      synchronise: null,
    }
    expect(reachOf(bareTarget({ pushes: plane(1), federation: peer })).controlPlanes).toEqual([
      'http://127.0.0.1:1',
      'http://127.0.0.1:2',
    ])
  })
})

/** The same address in many spellings; the port is added. */
const SPELLINGS = [
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '017700000001',
  '127.1',
  '127.0.0.01',
  '%31%32%37.0.0.1',
  'localhost',
  'LOCALHOST.',
  'any.localhost',
  '0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  'user:password@127.0.0.1',
]

describe('the same address in many spellings', () => {
  let server: Server
  let port: number
  let connections = 0

  beforeAll(async () => {
    server = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>((done) => {
      server.listen(0, done)
    })
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server.close()
  })

  function sending(target: Partial<RelayTarget>) {
    const whole = { ...bareTarget(), ...target }
    const recorded: number[] = []
    const client = createWireClient({
      ...connectionOf(whole),
      baseUrl: whole.url,
      answerMs: 500,
      secrets: new Secrets(),
      record: ({ sentBytes }) => recorded.push(sentBytes),
      now: Date.now,
    })
    return { recorded, send: (location: string) => client.send(uploadBlob(location, new Uint8Array(9))) }
  }

  it.each(SPELLINGS)('a relay elsewhere sends not a byte to http://%s', async (host) => {
    const before = connections
    const { send, recorded } = sending({ url: REMOTE })
    const location = `http://${host}:${port}/latest`
    await expect(send(location)).rejects.toThrow(MissingCapability)
    expect({ recorded, connections }).toEqual({ recorded: [0], connections: before })
  })

  it.each(SPELLINGS)(
    'a relay on this machine sends not a byte to its control plane at http://%s',
    async (host) => {
      const before = connections
      const control = { kind: 'mock-control', url: `http://127.0.0.1:${port}` } as const
      const { send } = sending({ capabilities: { ...bareTarget().capabilities, pushes: control } })
      await expect(send(`http://${host}:${port}/codes`)).rejects.toThrow(MissingCapability)
      expect(connections).toBe(before)
    },
  )

  it('a relay on this machine is followed to another port of it', async () => {
    const before = connections
    expect(await sending({}).send(`http://127.0.0.1:${port}/blob`)).toMatchObject({ kind: 'failed' })
    expect(connections).toBe(before + 1)
  })
})
