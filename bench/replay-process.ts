import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext } from 'node:tls'
import { isCutShort, isWholeAnswer } from './whole-message.ts'

/**
 * Sends what a mock's journal holds once more, one request after the other, each on a connection of its own, and
 * prints how many there were and how long that took. A request goes to the server that its Host names; with the
 * authority's file, the mock itself is spoken to over TLS.
 */
const [, , url = '', control = '', authority] = process.argv
const mock = new URL(url)
const secureContext =
  authority === undefined ? null : createSecureContext({ ca: readFileSync(authority, 'utf8') })

interface ReplayedExchange {
  readonly raw: string
  readonly status: number | null
}

const answer = await fetch(`${control}/journal?limit=1000000`)
const { entries, dropped } = (await answer.json()) as {
  entries: readonly ReplayedExchange[]
  dropped: number
}
if (dropped > 0) throw new Error(`journal: expected every request, got all but ${dropped}`)
// A request that was never answered, or only once its client gave up, has no end that could be waited for.
const requests = entries
  .filter(({ status }) => status !== null)
  .map(({ raw }) => Buffer.from(raw, 'base64'))
  .filter((bytes) => !isCutShort(bytes))

const started = performance.now()
for (const bytes of requests) await exchange(bytes)
const ms = performance.now() - started
process.stdout.write(`${JSON.stringify({ exchanges: requests.length, ms })}\n`)

/** Settled when the answer is whole. */
function exchange(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open(bytes)
    let received = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('close', () => {
      resolve()
    })
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (isWholeAnswer(received)) socket.destroy()
    })
    socket.write(bytes)
  })
}

function open(bytes: Buffer): Socket {
  const [, named = mock.host] = /\r\nhost:[ \t]*(127\.0\.0\.1:\d+)\r\n/i.exec(bytes.toString('latin1')) ?? []
  const place = { host: mock.hostname, port: Number(named.split(':')[1]) }
  if (named !== mock.host || secureContext === null) return connect(place)
  return connectTls({ ...place, secureContext, servername: '', ALPNProtocols: ['http/1.1'] })
}
