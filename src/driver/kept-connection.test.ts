import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#evidence/exchange.ts'
import { closeRawServers, rawServer, type Serve } from '../../tests/raw-server.ts'
import { Secrets } from './secrets.ts'
import { createWireClient } from './wire-client.ts'
import type { WireRequest } from './wire-request.ts'

const FIRST: WireRequest = { operation: 'GET /1', method: 'GET', target: '/1', headers: [], body: null }
const SECOND: WireRequest = { ...FIRST, operation: 'GET /2', target: '/2' }

afterEach(closeRawServers)

/** The body of the answer to the second request, what each connection brought, and what was recorded. */
async function sentTo(serve: Serve, isPipelined: boolean) {
  const server = await rawServer(serve)
  const exchanges: Exchange[] = []
  const client = createWireClient({
    baseUrl: server.url,
    answerMs: 300,
    tls: { ca: null, insecure: false },
    secrets: new Secrets(),
    record: (exchange) => exchanges.push(exchange),
    now: Date.now,
  })
  const result = await client.send({ ...SECOND, behind: { request: FIRST, isPipelined } })
  return {
    body: result.kind === 'answered' ? Buffer.from(result.answer.body).toString() : result.failure.kind,
    connections: server.received.map((text) => text.match(/GET \/\d/g)),
    recorded: exchanges.map(({ operation }) => operation),
  }
}

/** Answers each request with its path, as long as `goesOn` says so. */
function answeringWith(goesOn: (answered: number) => boolean): Serve {
  return (socket: Socket) => {
    let answered = 0
    socket.on('data', (chunk: Buffer) => {
      for (const [, path = ''] of chunk.toString().matchAll(/GET (\/\d)/g)) {
        if (answered > 0 && !goesOn(answered)) return
        answered += 1
        const connection = goesOn(answered) ? 'keep-alive' : 'close'
        socket.write(`HTTP/1.1 200 OK\r\nConnection: ${connection}\r\nContent-Length: 2\r\n\r\n${path}`)
      }
      if (!goesOn(answered)) socket.end()
    })
  }
}

describe('a request behind another', () => {
  it.each([true, false])('goes on the same connection (pipelined: %s)', async (isPipelined) => {
    expect(
      await sentTo(
        answeringWith(() => true),
        isPipelined,
      ),
    ).toEqual({
      body: '/2',
      connections: [['GET /1', 'GET /2']],
      recorded: ['GET /1', 'GET /2'],
    })
  })

  it.each([true, false])('goes on one of its own where the server ends it (pipelined: %s)', async (piped) => {
    expect(
      await sentTo(
        answeringWith(() => false),
        piped,
      ),
    ).toEqual({
      body: '/2',
      connections: [piped ? ['GET /1', 'GET /2'] : ['GET /1'], ['GET /2']],
      recorded: ['GET /1', 'GET /2'],
    })
  })

  it('goes on one of its own where it is not answered', async () => {
    const once: Serve = (socket) => {
      socket.once('data', (chunk: Buffer) => {
        const path = /GET (\/\d)/.exec(chunk.toString())?.[1] ?? ''
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${path}`)
      })
    }
    expect((await sentTo(once, true)).body).toBe('/2')
  })

  it('says so where nothing listens', async () => {
    expect((await sentTo((socket) => socket.destroy(), false)).body).toBe('broken-off')
  })
})
