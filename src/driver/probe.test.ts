import { afterEach, describe, expect, it } from 'vitest'
import { answering, closeRawServers, rawServer } from '../../tests/raw-server.ts'
import type { Serve } from '../../tests/raw-server.ts'
import { isAlive } from './probe.ts'
import { Secrets } from './secrets.ts'
import { createWireClient } from './wire-client.ts'

afterEach(closeRawServers)

describe('isAlive', () => {
  it.each<[string, boolean, Serve]>([
    ['refuses', true, answering('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')],
    ['is broken but answers', true, answering('HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n')],
    ['says nothing', false, () => undefined],
    ['hangs up', false, (socket) => socket.end()],
    ['talks nonsense', false, answering('nonsense\r\n\r\n')],
  ])('of a server that %s is %s', async (_what, alive, serve) => {
    const { url, received } = await rawServer(serve)
    const client = createWireClient({
      baseUrl: url,
      answerMs: 100,
      tls: { ca: null, insecure: false },
      secrets: new Secrets(),
      record: () => undefined,
      now: Date.now,
    })
    expect(await isAlive(client)).toBe(alive)
    expect(received).toHaveLength(1)
  })
})
