import { gzipSync } from 'node:zlib'
import express from 'express'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { ControlError } from './control-error.ts'
import { controlPlane } from './control-plane.ts'
import type { ControlQuery, ControlRoutes } from './control-route.ts'

const ROUTES: ControlRoutes = {
  'GET /echo': { does: 'echoes its query', answer: ({ number = '' }: ControlQuery) => ({ number }) },
  'POST /clock/advance': {
    does: 'echoes its body',
    takes: 'clock-advance',
    gives: 'clock',
    answer: ({ ms }: { readonly ms: number }) => ({ nowMs: ms }),
  },
  'PUT /nothing': { does: 'nothing', answer: () => undefined },
  'DELETE /nothing': { does: 'nothing', answer: () => undefined },
  'GET /refused': {
    does: 'refuses',
    answer: () => {
      throw new ControlError(409, '/x: expected y, got z')
    },
  },
  'GET /broken': { does: 'throws', answer: () => Promise.reject(new Error('secret')) },
}

function plane() {
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  return { listener: controlPlane(ROUTES, { onError }), errors }
}

const asked = () => supertest(plane().listener)
const advance = () => asked().post('/clock/advance')

describe('a control plane', () => {
  it('lists its routes', async () => {
    const { body } = await asked().get('/').expect(200)
    expect(body).toEqual({
      routes: [
        { method: 'GET', path: '/', does: 'this list', gives: 'index.json' },
        { method: 'GET', path: '/echo', does: 'echoes its query' },
        {
          method: 'POST',
          path: '/clock/advance',
          does: 'echoes its body',
          takes: 'clock-advance.json',
          gives: 'clock.json',
        },
        { method: 'PUT', path: '/nothing', does: 'nothing' },
        { method: 'DELETE', path: '/nothing', does: 'nothing' },
        { method: 'GET', path: '/refused', does: 'refuses' },
        { method: 'GET', path: '/broken', does: 'throws' },
      ],
    })
  })

  it('answers with JSON, or with nothing and a 204', async () => {
    await advance().send({ ms: 5 }).expect(200, { nowMs: 5 }).expect('Content-Type', 'application/json')
    await asked().put('/nothing').set('Content-Type', 'application/json').expect(204, '')
    await asked().delete('/nothing').expect(204, '')
    await asked().head('/echo').expect(200).expect('Content-Length', '13')
  })

  it('takes the first of two values, and a plus for a plus', async () => {
    await asked().get('/echo?number=+1%2B2&number=3').expect(200, { number: '+1+2' })
    await asked().get('/echo/?number=').expect(200, { number: '' })
  })

  it('answers with the status and the line of a refusal', async () => {
    const { listener, errors } = plane()
    await supertest(listener).get('/refused').expect(409, { error: '/x: expected y, got z' })
    expect(errors).toEqual([])
  })

  it('answers 500 where its own code throws, and says what only to its owner', async () => {
    const { listener, errors } = plane()
    await supertest(listener).get('/broken').expect(500, { error: 'the mock failed; its output says how' })
    expect(errors).toEqual([new Error('secret')])
  })

  it('can be mounted in an application, under a prefix, after a body parser or before', async () => {
    const { listener } = plane()
    const application = express().use('/before', listener).use(express.json()).use('/after', listener)
    for (const prefix of ['/before', '/after'])
      await supertest(application).post(`${prefix}/clock/advance`).send({ ms: 7 }).expect(200, { nowMs: 7 })
    await supertest(application).get('/before/echo?number=+1').expect(200, { number: '+1' })
  })
})

describe('who may ask', () => {
  it.each(['127.0.0.1', '127.0.0.1:8081', 'localhost', 'LOCALHOST:1', '[::1]', '[::1]:8081'])(
    'is who calls it %s',
    async (host) => {
      await asked().get('/echo').set('Host', host).expect(200)
    },
  )

  it.each([
    'rebound.example',
    'rebound.example:8081',
    '127.0.0.1.example',
    'localhost.example:1',
    '10.0.0.1',
  ])('is not who calls it %s: a name can be made to resolve to loopback', async (host) => {
    const { body } = await asked().get('/echo').set('Host', host).expect(403)
    expect(body).toEqual({
      error: `Host: expected 127.0.0.1, ::1, localhost, got ${JSON.stringify(host)}`,
    })
  })

  it.each(['http://127.0.0.1:3000', 'http://localhost', 'https://[::1]:1'])(
    'is a page of this machine: %s',
    async (origin) => {
      await advance().set('Origin', origin).send({ ms: 1 }).expect(200)
    },
  )

  it.each(['https://elsewhere.example', 'null', 'http://localhost.example', 'http://127.0.0.1:1@x.example'])(
    'is no page of elsewhere: %s',
    async (origin) => {
      const { body } = await advance().set('Origin', origin).send({ ms: 1 }).expect(403)
      expect(body).toEqual({
        error: `Origin: expected none, or one of 127.0.0.1, ::1, localhost, got "${origin}"`,
      })
    },
  )
})

describe('a control plane that goes by further names', () => {
  const onError = (): void => undefined
  const named = () =>
    supertest(controlPlane(ROUTES, { names: ['desk.example.test', '2001:db8::7'], onError }))

  it.each(['desk.example.test', 'DESK.example.test:8444', '[2001:db8::7]:8444'])(
    'answers to %s',
    async (host) => {
      await named().get('/echo').set('Host', host).set('Origin', `http://${host}`).expect(200)
    },
  )

  it.each(['localhost', 'desk.example.test.elsewhere.example', '', 'desk.example.test:x'])(
    'does not answer to %j',
    async (host) => {
      const { body } = await named().get('/echo').set('Host', host).expect(403)
      const shown = host === '' ? 'none' : JSON.stringify(host)
      expect(body).toEqual({ error: `Host: expected desk.example.test, 2001:db8::7, got ${shown}` })
    },
  )
})

/** How a body that cannot be read is sent and answered. */
interface Unreadable {
  readonly headers?: Readonly<Record<string, string>>
  readonly status?: number
  readonly error: RegExp
}

describe('what may be sent', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;x=y'])(
    'is %s',
    async (type) => {
      await advance().set('Content-Type', type).send('{"ms":1}').expect(200)
    },
  )

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'text/json'])(
    'is not %s, which a form of a web page can be',
    async (type) => {
      await advance()
        .set('Content-Type', type)
        .send('{"ms":1}')
        .expect(415, { error: `Content-Type: expected application/json, got "${type}"` })
    },
  )

  it('is not nothing at all', async () => {
    await asked().put('/nothing').expect(415, { error: 'Content-Type: expected application/json, got none' })
  })

  it('is no more than 1 MiB', async () => {
    const fits = `{"ms":1,"x":"${'x'.repeat(2 ** 20 - 15)}"}`
    await advance().set('Content-Type', 'application/json').send(fits).expect(200)
    await advance()
      .set('Content-Type', 'application/json')
      .send(`${fits} `)
      .expect(400, { error: 'body: expected at most 1 MiB' })
  })

  it.each<[what: string, bytes: Buffer, more: Unreadable]>([
    [
      'other bytes than UTF-8',
      Buffer.from([0x7b, 0xff, 0x7d]),
      { error: /^body: JSON: expected UTF-8, got 3/ },
    ],
    ['no JSON', Buffer.from('{"ms":\n'), { error: /^body: JSON: \S[^\n]*$/ }],
    [
      'compressed JSON',
      gzipSync('{"ms":1}'),
      { headers: { 'Content-Encoding': 'gzip' }, status: 415, error: /^body: .*encoding/ },
    ],
    [
      'JSON in Latin-1',
      Buffer.from('{"ms":1}'),
      {
        headers: { 'Content-Type': 'application/json; charset=latin1' },
        status: 415,
        error: /^body: .*charset/,
      },
    ],
    [
      'nothing, where something is needed',
      Buffer.from(''),
      { error: /^body: expected member ms, got none$/ },
    ],
  ])('is not %s', async (_what, bytes, { headers, status = 400, error }) => {
    const { body } = await advance()
      .set({ 'Content-Type': 'application/json', ...headers })
      .serialize((value: unknown) => value as string)
      .send(bytes as unknown as string)
      .expect(status)
    expect(body).toEqual({ error: expect.stringMatching(error) })
  })
})
