import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { asBuffer } from '#protocol/bytes.ts'
import type { Json, Reply, WireAnswer } from '#mocks/engine/reply.ts'

/** Puts an answer on the wire, or does to the connection what it says. */
export function send(response: ServerResponse, answer: WireAnswer): void {
  switch (answer.kind) {
    case 'reply':
      response.writeHead(answer.status, headersOf(answer))
      endWith(response, answer.body)
      return
    case 'raw':
      if (answer.staysOpen === true) response.socket?.write(answer.bytes)
      else if (response.socket !== null) endInPieces(response.socket, answer)
      return
    case 'hang-up':
      response.socket?.destroy()
      return
    case 'silence':
      return
    default:
      answer satisfies never
  }
}

/** Milliseconds between two pieces of an answer: enough for each to be a segment of its own. */
const PIECE_MS = 2

/** Sends bytes in pieces, a moment apart, and ends the connection behind the last. */
function endInPieces(
  socket: Writable,
  { bytes, segments = 1 }: Extract<WireAnswer, { readonly kind: 'raw' }>,
): void {
  const size = Math.max(1, Math.ceil(bytes.length / segments))
  if (bytes.length <= size) {
    socket.end(bytes)
    return
  }
  socket.write(bytes.subarray(0, size))
  setTimeout(() => {
    if (!socket.destroyed)
      endInPieces(socket, { kind: 'raw', bytes: bytes.subarray(size), segments: segments - 1 })
  }, PIECE_MS)
}

/** Names and values in turn, as Node takes them. */
function headersOf({ status, headers, body }: Reply): string[] {
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  if (!hasNoBody(status)) flat.push('Content-Length', String(body.length))
  return flat
}

/** Longer bodies are handed to the socket as they are. */
const MAX_TEXT_BYTES = 64 * 1024

/** Ends an answer. */
function endWith(response: ServerResponse, body: Uint8Array): void {
  if (body.length === 0) response.end()
  else if (body.length > MAX_TEXT_BYTES) response.end(body)
  else endWithText(response, asBuffer(body).toString('latin1'))
}

/**
 * Ends an answer with a body whose bytes are those characters. Given as text it is put behind the head; corked,
 * Node waits for no more of it, and both go out as one string, which takes half as long as a list of buffers.
 */
function endWithText(response: ServerResponse, text: string): void {
  const { socket } = response
  socket?.cork()
  response.write(text, 'latin1')
  socket?.uncork()
  response.end()
}

/** A status whose answer has neither body nor Content-Length (RFC 9110, section 8.6). */
function hasNoBody(status: number): boolean {
  return status === 204 || status === 304
}

/** Sends a JSON value, which `write` makes a text of, or nothing with a 204. */
// eslint-disable-next-line max-params -- as it goes on the wire: status, value and how that is written
export function sendJson(
  response: ServerResponse,
  status: number,
  value?: Json,
  write: (value: Json) => string = JSON.stringify,
): void {
  const body = value === undefined ? new Uint8Array() : Buffer.from(write(value))
  const headers = value === undefined ? [] : [['Content-Type', 'application/json'] as const]
  send(response, { kind: 'reply', status, headers, body })
}
