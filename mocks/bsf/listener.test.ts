import { request } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { Journal } from '#mocks/edge/journal.ts'
import { httpServer, listen, type Listening } from '#mocks/edge/listen.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { CARD, cardAnswer, hello, IMPI } from '../../tests/bsf-client.ts'
import { rawExchange } from '../../tests/wire/raw-exchange.ts'
import { Bsf, type BsfParts } from './bsf.ts'
import { bsfListener } from './listener.ts'

const open: Listening[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function started(parts: Partial<BsfParts> = {}) {
  const { bytes, int } = seededRandom('7')
  const bsf = new Bsf({ world: { nowMs: Date.now, randomBytes: bytes, randomInt: int }, ...parts })
  bsf.add({ ...CARD, impi: IMPI })
  const journal = new Journal(Date.now)
  const notes = (): readonly string[] => journal.read(0, 9).flatMap((entry) => entry.notes)
  const errors: unknown[] = []
  const server = httpServer(bsfListener(bsf, { onError: (error) => errors.push(error) }))
  tap(server, journal)
  const listening = await listen(server, { host: '127.0.0.1', port: 0, option: '--bsf-port' })
  open.push(listening)
  return { url: listening.url, notes, errors }
}

interface Answer {
  readonly status: number
  readonly version: string
  readonly headers: Readonly<Record<string, string>>
}

function get(url: string, authorization: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { authorization } }, (response) => {
      const { statusCode: status = 0, httpVersion: version, headers } = response
      response.resume().on('end', () => {
        resolve({ status, version, headers: headers as Readonly<Record<string, string>> })
      })
    })
    asking.on('error', reject).end()
  })
}

it('bootstraps over HTTP/1.1', async () => {
  const { url, notes } = await started()
  const challenged = await get(url, hello())
  expect([challenged.status, challenged.version]).toEqual([401, '1.1'])
  const answered = await get(url, cardAnswer(CARD, { ...challenged, text: '', notes: [] }) ?? '')
  expect(answered.status).toBe(200)
  expect(answered.headers).toHaveProperty('content-length')
  expect(notes()).toEqual(['bootstrap: challenged', 'bootstrap: bootstrapped'])
})

it('reads a body that is too long to its end, and refuses it', async () => {
  const { url } = await started()
  const sent = `GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 70000\r\n\r\n${'x'.repeat(70_000)}`
  const { text, over } = await rawExchange(url, sent)
  expect([text.slice(0, 12), over]).toEqual(['HTTP/1.1 413', 'end'])
})

it('reports what our own code threw, and sends the client no more than a 500', async () => {
  const broken = new Error('broken')
  const { url, errors } = await started({
    rules: () => {
      throw broken
    },
  })
  expect((await get(url, hello())).status).toBe(500)
  expect(errors).toEqual([broken])
})
