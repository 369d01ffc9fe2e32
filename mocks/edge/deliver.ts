import { randomBytes } from 'node:crypto'
import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Reply, WireAnswer } from '#mocks/engine/reply.ts'
import { emptyReply } from '#mocks/engine/wire.ts'
import type { NetworkFault } from './network-faults.ts'
import { send } from './send.ts'

const DEFAULT_STATUS = 503
const DEFAULT_GARBAGE_BYTES = 64
const DEFAULT_DRIP = { bytes: 1, ms: 50 } as const

/** Sends an answer through the network: as it is, or as a fault leaves it. `version` is that of HTTP. */
export function deliver(
  response: ServerResponse,
  answer: WireAnswer,
  { fault, version }: { readonly fault: NetworkFault | null; readonly version: '1.0' | '1.1' },
): void {
  const { socket } = response
  if (fault === null || socket === null) {
    send(response, answer)
    return
  }
  switch (fault.kind) {
    case 'delay':
      later(response, fault.ms ?? 0, () => {
        send(response, answer)
      })
      return
    case 'status':
      send(response, emptyReply(fault.status ?? DEFAULT_STATUS))
      return
    case 'reset':
      reset(socket)
      return
    case 'garbage':
      socket.end(garbage(fault.bytes ?? DEFAULT_GARBAGE_BYTES))
      return
    case 'cut':
      socket.end(bytesOf(answer, version).subarray(0, fault.bytes ?? 0))
      return
    case 'drip':
      drip(response, bytesOf(answer, version), { ...DEFAULT_DRIP, ...given(fault) })
      return
    default:
      fault.kind satisfies never
  }
}

function given({ bytes, ms }: NetworkFault) {
  return { ...(bytes === undefined ? {} : { bytes }), ...(ms === undefined ? {} : { ms }) }
}

/** Does something later, unless the client has gone. */
function later(response: ServerResponse, ms: number, act: () => void): void {
  const timer = setTimeout(act, ms)
  response.once('close', () => {
    clearTimeout(timer)
  })
}

function drip(
  response: ServerResponse,
  bytes: Buffer,
  pace: { readonly bytes: number; readonly ms: number },
): void {
  const { socket } = response
  if (socket === null) return
  if (bytes.length <= pace.bytes) {
    socket.end(bytes)
    return
  }
  socket.write(bytes.subarray(0, pace.bytes))
  later(response, pace.ms, () => {
    drip(response, bytes.subarray(pace.bytes), pace)
  })
}

/** Bytes that no parser takes for HTTP: the first is none of any method or version. */
function garbage(length: number): Buffer {
  return Buffer.concat([Buffer.of(0xff), randomBytes(Math.max(0, length - 1))]).subarray(0, length)
}

/** The socket that a connection with TLS is made over. */
interface OverTls {
  readonly _parent?: Socket | null
}

/** Resets a connection, with a segment that says so: below TLS, of which it is no part. */
function reset(socket: Socket): void {
  const { _parent: below }: Socket & OverTls = socket
  ;(below ?? socket).resetAndDestroy()
}

/** An answer as it goes over a connection that ends behind it. */
function bytesOf(answer: WireAnswer, version: string): Buffer {
  switch (answer.kind) {
    case 'reply':
      return replyBytes(answer, version)
    case 'raw':
      return Buffer.from(answer.bytes)
    case 'hang-up':
    case 'silence':
      return Buffer.alloc(0)
    default:
      return answer satisfies never
  }
}

function replyBytes({ status, headers, body }: Reply, version: string): Buffer {
  const lines = [
    `HTTP/${version} ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.length}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}
