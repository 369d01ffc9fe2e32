import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { authorityOf } from '#mocks/edge/authority.ts'
import { readBody, type ReadBody } from '#mocks/edge/read-body.ts'
import { deliver } from '#mocks/edge/deliver.ts'
import { faultMet } from '#mocks/edge/met-faults.ts'
import type { NetworkFaults } from '#mocks/edge/network-faults.ts'
import { send } from '#mocks/edge/send.ts'
import { record } from '#mocks/edge/wire-tap.ts'
import { emptyReply } from '#mocks/engine/wire.ts'
import type { MStoreHandled, MStore } from './mstore.ts'
import { MAX_BODY_BYTES } from './operations.ts'
import type { MStoreRequest } from './requests.ts'

/** What the listener needs besides the mStore. */
export interface MStoreListenerOptions {
  /** Shown each answer before it goes out, and what it was made of. */
  readonly onAnswer?: ((handled: MStoreHandled) => void) | undefined
  /** What becomes of answers on their way. */
  readonly network?: NetworkFaults
  /** Gets what our own code threw; the client gets a 500. */
  readonly onError: (error: unknown) => void
}

/** The mStore as the listener of a bare server. Every body is read to its end before anything is answered. */
export function mStoreListener(mStore: MStore, options: MStoreListenerOptions): RequestListener {
  const numberOf = connectionNumbers()
  return (request, response) => {
    answerRequest(request, response).catch((error: unknown) => {
      options.onError(error)
      if (response.headersSent) response.destroy()
      else send(response, emptyReply(500))
    })
  }

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, MAX_BODY_BYTES)
    const handled = mStore.handle(readRequest(request, body, numberOf(request.socket)))
    record(request, handled)
    options.onAnswer?.(handled)
    const { delayMs = 0 } = handled.answer
    if (delayMs > 0) await elapsed(delayMs, response)
    if (response.headersSent || response.socket?.writable !== true) return
    deliver(response, handled.answer, {
      fault: faultMet(request, handled.outcome, options.network),
      version: '1.0',
    })
  }
}

function readRequest(request: IncomingMessage, body: ReadBody, connection: number): MStoreRequest {
  const { method = '', url = '', headers, socket } = request
  return {
    version: request.httpVersion,
    method,
    target: url,
    origin: `${'encrypted' in socket ? 'https' : 'http'}://${authorityOf(request, 443)}`,
    userAgent: headers['user-agent'],
    authorization: headers.authorization,
    contentType: headers['content-type'],
    ...bodyOf(body),
    connection,
  }
}

function bodyOf(read: ReadBody): Pick<MStoreRequest, 'body' | 'cut'> {
  switch (read.kind) {
    case 'whole':
      return { body: read.bytes }
    case 'cut':
      return { body: 'truncated', cut: read.bytes }
    case 'too-long':
      return { body: 'too-long' }
    default:
      return read satisfies never
  }
}

/** Numbers connections from 1 on, in the order in which they bring a request. */
function connectionNumbers(): (socket: Socket) => number {
  const numbers = new WeakMap<Socket, number>()
  let last = 0
  return (socket) => {
    const number = numbers.get(socket) ?? ++last
    numbers.set(socket, number)
    return number
  }
}

/** Waits that long, or until the client has gone. */
function elapsed(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    response.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
