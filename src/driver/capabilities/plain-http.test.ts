import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import {
  answering,
  answeringOnce,
  closeRawServers,
  jsonAnswer,
  rawServer,
} from '../../../tests/raw-server.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { createPlainHttp } from './plain-http.ts'

const file = (name: string) => readFileSync(new URL(`../../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const AUTHORITY = file('authority.pem')
const CERTIFIED = { cert: file('server.pem'), key: file('server-key.pem') }
const NO_TLS = { ca: null, insecure: false }

afterEach(closeRawServers)

const get = (url: string, tls: { ca: string | null; insecure: boolean } = NO_TLS) =>
  createPlainHttp({ answerMs: 2000, tls })({ method: 'GET', url })

describe('a plain request', () => {
  it('is sent as it is, on a connection of its own', async () => {
    const server = await rawServer(answeringOnce(jsonAnswer({})))
    const send = createPlainHttp({ answerMs: 2000, tls: NO_TLS })
    const request = { method: 'PUT', url: `${server.url}/a?b=%2B1`, headers: { 'X-A': 'b' }, json: { c: 1 } }
    const outcomes = [await send(request), await send(request)]
    expect(outcomes).toEqual([
      { kind: 'answered', response: { status: 200, body: Buffer.from('{}') } },
      { kind: 'answered', response: { status: 200, body: Buffer.from('{}') } },
    ])
    expect(server.received).toHaveLength(2)
    expect(server.received[0]).toMatch(/^PUT \/a\?b=%2B1 HTTP\/1\.1\r\n[^]*X-A: b\r\n[^]*\r\n\r\n\{"c":1\}$/)
    expect(server.received[0]).toContain('Content-Length: 7\r\n')
  })

  it.each([
    ['what is no HTTP', 'nonsense\r\n\r\n', /Parse Error/],
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', /aborted/],
  ])('fails in one line on %s', async (_what, answer, reason) => {
    const { url } = await rawServer(answeringOnce(answer))
    expect(await get(url)).toMatchObject({ kind: 'failed', reason: expect.stringMatching(reason) })
  })

  it('fails where the server is gone', async () => {
    const server = await rawServer(answering(''))
    server.close()
    expect(await get(server.url)).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/ECONNREFUSED/),
      code: 'ECONNREFUSED',
    })
  })

  it('trusts the authority of the target file', async () => {
    const { url } = await rawServer(answeringOnce(jsonAnswer({})), CERTIFIED)
    expect(await get(url, { ca: AUTHORITY, insecure: false })).toMatchObject({ kind: 'answered' })
    expect(await get(url, { ca: null, insecure: true })).toMatchObject({ kind: 'answered' })
    expect(await get(url)).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/certificate/) })
    const other = url.replace('127.0.0.1', '127.0.0.2')
    expect(await get(other, { ca: AUTHORITY, insecure: false })).toMatchObject({ kind: 'failed' })
  })

  it('needs certificates that are some', () => {
    expect(() => createPlainHttp({ answerMs: 1, tls: { ca: 'none', insecure: false } })).toThrow(UsageError)
  })
})
