import type { Socket } from 'node:net'
import { abortedAfterRunning } from './after-running.ts'
import { GrowingBytes } from './growing-bytes.ts'
import { openSocket } from './open-socket.ts'
import type { Order, TransferOutcome } from './round-trip.ts'
import { headerValue } from './wire-request.ts'
import { type WholeAnswer, wholeAnswer } from './whole-answer.ts'

/** Two requests for one connection. */
export interface OrderPair {
  readonly first: Order
  readonly second: Order
  /** Whether the second goes out before the first is answered (RFC 9112, 9.3.2). */
  readonly isPipelined: boolean
}

/** What came of each; null where there was no whole answer on that connection, which a server may end at any time. */
export type PairOutcome = readonly [first: TransferOutcome | null, second: TransferOutcome | null]

/** Makes two requests on one connection, the second behind the first, and gives it up when their time is over. */
export async function roundTripBehind({ first, second, isPipelined }: OrderPair): Promise<PairOutcome> {
  const { signal, callOff } = abortedAfterRunning(first.bounds.answerMs)
  try {
    return await askedBehind({ first, second, isPipelined }, signal)
  } finally {
    callOff()
  }
}

async function askedBehind(
  { first, second, isPipelined }: OrderPair,
  signal: AbortSignal,
): Promise<PairOutcome> {
  const socket = await openSocket(first.endpoint, { ...first.means, signal }).catch(() => null)
  if (socket === null) return [null, null]
  const answers = new AnswersOn(socket, first, signal)
  try {
    const sent = [first, second].map(bytesOf)
    socket.write(isPipelined ? Buffer.concat(sent) : (sent[0] ?? ''))
    const one = await answers.next()
    if (one === null || isLast(one)) return [outcomeOf(one, sent[0]), null]
    if (!isPipelined) socket.write(sent[1] ?? '')
    return [outcomeOf(one, sent[0]), outcomeOf(await answers.next(), sent[1])]
  } finally {
    socket.destroy()
  }
}

/** The answers that come on a connection, one behind the other. */
class AnswersOn {
  readonly #received: GrowingBytes
  readonly #mostHeadBytes: number
  #taken = 0
  #ended = false
  #look: () => void = () => undefined

  constructor(socket: Socket, { bounds }: Order, signal: AbortSignal) {
    this.#received = new GrowingBytes(bounds.maxHeaderBytes + bounds.maxBodyBytes)
    this.#mostHeadBytes = bounds.maxHeaderBytes
    const end = (): void => {
      this.#ended = true
      this.#look()
    }
    socket.on('data', (chunk: Buffer) => {
      this.#received.add(chunk)
      this.#look()
    })
    for (const event of ['end', 'close', 'error']) socket.on(event, end)
    signal.addEventListener('abort', end)
  }

  /** The next answer once it is whole; null where the connection ends, or its time, before it is. */
  next(): Promise<WholeAnswer | null> {
    return new Promise((resolve) => {
      this.#look = () => {
        const whole = wholeAnswer(this.#received.view(this.#taken), this.#mostHeadBytes)
        if (whole === null && !this.#ended) return
        this.#taken += whole?.length ?? 0
        this.#look = () => undefined
        resolve(whole)
      }
      this.#look()
    })
  }
}

function bytesOf({ method, endpoint, headers, body }: Order): Buffer {
  const lines = [
    `${method} ${endpoint.path} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ]
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body ?? new Uint8Array()])
}

function isLast({ head }: WholeAnswer): boolean {
  return /\bclose\b/i.test(headerValue(head.headers, 'Connection') ?? '')
}

function outcomeOf(answer: WholeAnswer | null, sent: Buffer | undefined): TransferOutcome | null {
  if (answer === null) return null
  const { head, body, length } = answer
  return { failure: null, head, body, sentBytes: sent?.length ?? 0, receivedBytes: length }
}
