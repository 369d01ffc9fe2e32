import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes.ts'
import { readBytes } from './read-body.ts'
import { httpClient, type HttpCall } from './http-client.ts'
import { listen } from './listen.ts'

const servers: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((close) => close()))
})

async function serving(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  const { url, close } = await listen(server, { host: '127.0.0.1', port: 0, option: '--port' })
  servers.push(close)
  return url
}

function callTo(url: string, over: Partial<HttpCall> = {}): HttpCall {
  return {
    url,
    method: 'PUT',
    path: '/a/%2B1',
    headers: { 'X-A': 'b' },
    body: utf8('body'),
    timeoutMs: 5000,
    ...over,
  }
}

describe('a call to another server', () => {
  it('carries method, path, headers and body, and brings back status, type and body', async () => {
    const url = await serving((request, response) => {
      void readBytes(request, 100).then((bytes) => {
        const text = bytes === null || bytes === 'too-long' ? '' : Buffer.from(bytes).toString()
        response.writeHead(409, { 'Content-Type': 'text/x' })
        response.end([request.method, request.url, request.headers['x-a'], text].join(' '))
      })
    })
    expect(await httpClient().call(callTo(url))).toEqual({
      kind: 'answered',
      status: 409,
      contentType: 'text/x',
      body: Buffer.from('PUT /a/%2B1 b body'),
    })
  })

  it.each([
    ['is on a connection of its own', false, 2],
    ['goes over the connection of the one before where it can be repeated', true, 1],
  ])('%s', async (_case, isRepeatable, connections) => {
    const ports = new Set<number | undefined>()
    const url = await serving((request, response) => {
      ports.add(request.socket.remotePort)
      response.end()
    })
    const client = httpClient()
    await client.call(callTo(url, { isRepeatable }))
    await client.call(callTo(`${url}/`, { isRepeatable }))
    client.close()
    expect(ports.size).toBe(connections)
  })

  it('is made again where the connection was closed in between', async () => {
    const ports: (number | undefined)[] = []
    const url = await serving((request, response) => {
      ports.push(request.socket.remotePort)
      if (ports.length === 2) request.socket.destroy()
      else response.end()
    })
    const client = httpClient()
    const calls = [callTo(url, { isRepeatable: true }), callTo(url, { isRepeatable: true })]
    const kinds: string[] = []
    for (const call of calls) kinds.push((await client.call(call)).kind)
    client.close()
    expect(kinds).toEqual(['answered', 'answered'])
    expect(new Set(ports).size).toBe(2)
    expect(ports).toHaveLength(3)
  })

  it('returns why it failed where no server listens', async () => {
    expect(await httpClient().call(callTo('http://127.0.0.1:1'))).toEqual({
      kind: 'unreachable',
      reason: expect.stringMatching(/ECONNREFUSED/),
    })
  })

  it('waits for the whole answer, and no longer than its timeout', async () => {
    const url = await serving((_request, response) => {
      response.writeHead(200)
      response.write('the beginning')
    })
    expect(await httpClient().call(callTo(url, { timeoutMs: 50 }))).toEqual({
      kind: 'unreachable',
      reason: 'no answer within 50 ms',
    })
  })

  it('does not take an answer without bounds', async () => {
    const url = await serving((_request, response) => {
      response.end(Buffer.alloc(9 * 1024 * 1024))
    })
    expect(await httpClient().call(callTo(url))).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('8388608'),
    })
  })

  it('is broken off when the client closes', async () => {
    const client = httpClient()
    const url = await serving(() => {
      client.close()
    })
    expect(await client.call(callTo(url))).toEqual({ kind: 'unreachable', reason: 'broken off' })
  })
})
