import { connect as connectTls } from 'node:tls'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { deliver } from './deliver.ts'
import { http10Server } from './http10.ts'
import { httpServer, listen, type Listening } from './listen.ts'
import { NetworkFaults, networkFaultNote, type NetworkFault } from './network-faults.ts'
import { testCertificate } from './test-certificate.ts'

const open: Listening[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const ANSWER = { kind: 'reply', status: 200, headers: [['A', 'b']], body: Buffer.from('hello') } as const

/** What comes over a connection, piece by piece, and how it ends. */
interface Received {
  readonly pieces: readonly string[]
  readonly ending: string
}

async function received(fault: NetworkFault | null, way: 'tls' | 'clear' = 'clear'): Promise<Received> {
  const { tls, ca } = testCertificate()
  const listener: Parameters<typeof httpServer>[0] = (_request, response) => {
    deliver(response, ANSWER, { fault, version: way === 'tls' ? '1.0' : '1.1' })
  }
  const server = way === 'tls' ? http10Server(listener, { tls }) : httpServer(listener)
  const listening = await listen(server, { host: '127.0.0.1', port: 0, option: '--port' })
  open.push(listening)
  const { port } = listening
  const socket = way === 'tls' ? connectTls({ port, host: '127.0.0.1', ca }) : connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n')
  const pieces: string[] = []
  let ending = 'end'
  socket.on('data', (chunk: Buffer) => pieces.push(chunk.toString('latin1')))
  socket.on('error', (error: NodeJS.ErrnoException) => (ending = error.code ?? ''))
  await new Promise((resolve) => socket.once('close', resolve))
  return { pieces, ending }
}

const textOf = async (fault: NetworkFault | null, way?: 'tls' | 'clear') =>
  (await received(fault, way)).pieces.join('')

describe('an answer on its way', () => {
  it('comes as it is, or as late as is asked', async () => {
    const whole = /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nhello$/
    expect(await textOf(null)).toMatch(whole)
    expect(await textOf({ kind: 'delay', ms: 1 })).toMatch(whole)
  })

  it('is cut, within its head or its body, by any version of HTTP', async () => {
    expect(await received({ kind: 'cut', bytes: 0 })).toEqual({ pieces: [], ending: 'end' })
    expect(await textOf({ kind: 'cut', bytes: 12 })).toBe('HTTP/1.1 200')
    expect(await textOf({ kind: 'cut', bytes: 12 }, 'tls')).toBe('HTTP/1.0 200')
    const length = (await textOf({ kind: 'cut', bytes: 1000 })).length
    expect(await textOf({ kind: 'cut', bytes: length - 2 })).toMatch(
      /\r\nContent-Length: 5\r\n[^]*\r\n\r\nhel$/,
    )
  })

  it.each(['clear', 'tls'] as const)('is none: the connection is reset (%s)', async (way) => {
    expect(await received({ kind: 'reset' }, way)).toEqual({ pieces: [], ending: 'ECONNRESET' })
  })

  it('comes drop by drop', async () => {
    const { pieces, ending } = await received({ kind: 'drip', bytes: 20, ms: 1 })
    expect(pieces.join('')).toMatch(/^HTTP\/1\.1 200 OK\r\nA: b\r\n[^]*\r\n\r\nhello$/)
    expect(pieces.length).toBeGreaterThan(2)
    expect(ending).toBe('end')
  })

  it('is that of a gateway, or no HTTP at all', async () => {
    expect(await textOf({ kind: 'status' })).toMatch(/^HTTP\/1\.1 503 /)
    expect(await textOf({ kind: 'status', status: 502 })).toMatch(/^HTTP\/1\.1 502 /)
    expect(await textOf({ kind: 'garbage', bytes: 9 })).toMatch(/^\xff[^]{8}$/)
  })
})

describe('faults of the network', () => {
  const asked = (operation: string, ...numbers: readonly string[]) => ({ operation, numbers: () => numbers })

  it('are for an operation and a number', () => {
    const faults = new NetworkFaults()
    faults.add({ kind: 'reset', operation: 'search', number: '+1' })
    expect(faults.take(asked('search', '+2'))).toBeNull()
    expect(faults.take(asked('upload', '+1'))).toBeNull()
    expect(faults.take(asked('search', '+2', '+1'))).toMatchObject({ kind: 'reset' })
    expect(faults.list()).toMatchObject([{ id: 1, seen: 1 }])
  })

  it.each([
    ['every request', {}, [1, 1, 1, 1]],
    ['the next two', { next: 2 }, [1, 1, 0, 0]],
    ['the third', { nth: 3 }, [0, 0, 1, 0]],
    ['two from the second on', { nth: 2, next: 2 }, [0, 1, 1, 0]],
  ])('meet %s', (_case, which, met) => {
    const faults = new NetworkFaults()
    faults.add({ kind: 'reset', ...which })
    expect([1, 2, 3, 4].map(() => (faults.take(asked('any')) === null ? 0 : 1))).toEqual(met)
    expect(faults.list()).toHaveLength(met[3] ?? 0)
  })

  it('end by their id, and all at once', () => {
    const faults = new NetworkFaults()
    const [first] = [faults.add({ kind: 'reset' }), faults.add({ kind: 'cut', bytes: 1 })]
    expect(faults.remove(first)).toBe(true)
    expect(faults.remove(first)).toBe(false)
    expect(faults.list().map(networkFaultNote)).toEqual(['network fault cut 1 bytes'])
    faults.remove()
    expect(faults.list()).toEqual([])
  })
})
