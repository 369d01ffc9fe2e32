import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { abortedAfterRunning } from './after-running.ts'
import { HeadScanner } from './answer-head.ts'
import type { HttpEndpoint } from './endpoint.ts'
import { GrowingBytes } from './growing-bytes.ts'
import { openSocket } from './open-socket.ts'
import { isWhole } from './raw-answer.ts'
import type { RawOptions, RawProbe } from './raw-probe.ts'
import type { OrderMeans } from './round-trip.ts'
import { type RawFailure, failureOf } from './wire-failure.ts'

/** More than any server has to say; one that goes on is given up, and has not ended its connection. */
const MAX_RECEIVED_BYTES = 8 * 1024 * 1024
const MAX_HEAD_BYTES = 64 * 1024

/** A probe, and how its place is reached. */
export interface Conversation {
  readonly probe: RawProbe
  readonly options: RawOptions
  readonly endpoint: HttpEndpoint
  readonly means: OrderMeans
}

/** One connection of a probe, while its answer comes. Times are milliseconds since the Unix epoch. */
export interface RawConnection {
  /** The heads that come, found piece by piece. */
  readonly scanner: HeadScanner
  readonly received: GrowingBytes
  lastAt: number | null
  /** When the server ended it. */
  endedAt: number | null
  reset: boolean
  alpn: string | null
  failure: RawFailure | null
}

/** Sends the bytes, and reads until the server ends the connection, the answer is whole or the time is up. */
export async function converse({ probe, options, endpoint, means }: Conversation): Promise<RawConnection> {
  const seen: RawConnection = {
    scanner: new HeadScanner(MAX_HEAD_BYTES),
    received: new GrowingBytes(MAX_RECEIVED_BYTES),
    lastAt: null,
    endedAt: null,
    reset: false,
    alpn: null,
    failure: null,
  }
  const { signal, callOff } = abortedAfterRunning(options.boundMs)
  const opening = { ...means, alpn: probe.alpn, allowHalfOpen: true, signal }
  const socket = await openSocket(endpoint, opening).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const detail = signal.aborted ? `no connection within ${options.boundMs} ms` : reason
    seen.failure = failureOf('unreachable', detail)
    return null
  })
  if (socket === null) {
    callOff()
    return seen
  }
  return new Promise((resolve) => {
    let grace: NodeJS.Timeout | undefined
    const done = () => {
      signal.removeEventListener('abort', done)
      callOff()
      clearTimeout(grace)
      socket.destroy()
      resolve(seen)
    }
    signal.addEventListener('abort', done)
    seen.alpn = agreed(socket)
    if (probe.ends === true) socket.end(probe.bytes)
    else socket.write(probe.bytes)
    socket.on('data', (chunk: Buffer) => {
      seen.scanner.feed(chunk)
      seen.received.add(chunk)
      seen.lastAt = options.now()
      clearTimeout(grace)
      if (seen.received.isFull) done()
      else if (options.graceMs !== undefined && isWhole(seen)) grace = setTimeout(done, options.graceMs)
    })
    socket.on('end', () => {
      seen.endedAt = options.now()
      done()
    })
    socket.on('error', () => {
      seen.reset = true
      done()
    })
  })
}

function agreed(socket: Socket): string | null {
  return socket instanceof TLSSocket && typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null
}
