import { afterEach, describe, expect, it } from 'vitest'
import { rawRequest } from '../../tests/raw-request.ts'
import type { Reply } from '#mocks/engine/reply.ts'
import { httpServer, listen, type Listening } from './listen.ts'
import { send } from './send.ts'

const open: Listening[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** Serves replies, each under its path. */
async function serving(replies: Readonly<Record<string, Partial<Reply>>>): Promise<Listening> {
  const server = httpServer(({ url = '' }, response) => {
    send(response, { kind: 'reply', status: 200, headers: [], body: new Uint8Array(), ...replies[url] })
  })
  const listening = await listen(server, { host: '127.0.0.1', port: 0, option: '--port' })
  open.push(listening)
  return listening
}

/** All that comes back for requests that are sent at once, without what Node adds to heads. */
async function answers(url: string, ...lines: readonly string[]): Promise<string> {
  const requests = lines.map((line, place) => {
    const isLast = place === lines.length - 1
    return `${line} HTTP/1.1\r\nHost: x\r\n${isLast ? 'Connection: close\r\n' : ''}\r\n`
  })
  return (await rawRequest(url, requests.join(''))).replace(/(?:Date|Connection): .*\r\n/g, '')
}

describe('a reply', () => {
  const BYTES = Buffer.from([0, 0x0a, 0x7f, 0x80, 0xc3, 0xff])
  const LONG = Buffer.alloc(70_000, 0xe9)

  it('has its bytes as they are, however many, and their number', async () => {
    const { url } = await serving({ '/short': { body: BYTES }, '/long': { body: LONG } })
    for (const [path, body] of [['/short', BYTES] as const, ['/long', LONG] as const]) {
      expect(await answers(url, `GET ${path}`)).toBe(
        `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body.toString('latin1')}`,
      )
    }
  })

  it('comes after the one to the request before it, on one connection', async () => {
    const { url } = await serving({
      '/a': { body: BYTES, headers: [['Content-Type', 'a/b']] },
      '/b': { status: 204 },
      '/c': { status: 404 },
    })
    expect(await answers(url, 'GET /a', 'GET /b', 'HEAD /a', 'GET /c')).toBe(
      [
        `HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 6\r\n\r\n${BYTES.toString('latin1')}`,
        'HTTP/1.1 204 No Content\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 6\r\n\r\n',
        'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
      ].join(''),
    )
  })
})

it('names no time after which an idle connection is closed', async () => {
  const { url } = await serving({})
  const response = await fetch(url)
  expect(response.headers.get('connection')).toBe('keep-alive')
  expect(response.headers.get('keep-alive')).toBeNull()
})
