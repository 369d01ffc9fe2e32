import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeMocks, send, startMock } from '../../tests/mstore-client.ts'
import { MOST_CONNECTIONS } from './bounded-connections.ts'
import { httpServer, listen } from './listen.ts'

const opened: Socket[] = []
const closes: (() => Promise<void>)[] = []

afterEach(closeMocks)
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy()
  await Promise.all(closes.splice(0).map((close) => close()))
})

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  opened.push(socket)
  await once(socket, 'connect')
  return socket
}

async function answerTo(socket: Socket): Promise<string> {
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  return chunk.toString()
}

describe('beyond its bound a server', () => {
  it('closes the connection that has been quiet longest, and none that was used since', async () => {
    const server = httpServer((_request, response) => {
      response.end('here')
    })
    const { port, close } = await listen(server, {
      host: '127.0.0.1',
      port: 0,
      option: '--port',
      mostConnections: 3,
    })
    closes.push(close)
    const used = await connected(port)
    expect(await answerTo(used)).toContain('here')
    const [quiet, later] = [await connected(port), await connected(port)]
    const closed = once(quiet.resume(), 'close')
    const fresh = await connected(port)
    await closed
    expect(await answerTo(fresh)).toContain('here')
    expect(await answerTo(used)).toContain('here')
    expect(later.destroyed).toBe(false)
  })

  it('serves a new client of TLS, whatever an old one left open', async () => {
    const mock = await startMock()
    const port = Number(new URL(mock.url).port)
    const first = await connected(port)
    const closed = once(first.resume(), 'close')
    await Promise.all(Array.from({ length: MOST_CONNECTIONS - 1 }, () => connected(port)))
    expect((await send(mock, { target: '/' })).status).toBeGreaterThanOrEqual(400)
    await closed
  })
})
