import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import type { Journal, OpenEntry } from './journal.ts'
import { speaksTls } from './listen.ts'
import { RequestFraming } from './request-framing.ts'

/** The entry of the journal that belongs to a request. */
export type EntryOf = (request: IncomingMessage) => OpenEntry

/**
 * Writes every byte that reaches `server` into the journal, request by request, as it comes and before it
 * is parsed, and adds what became of it. To be called before the server serves anything. With TLS these are
 * the bytes inside.
 */
export function tap(server: Server, journal: Journal): EntryOf {
  const taps = new WeakMap<Duplex, SocketTap>()
  const entries = new WeakMap<IncomingMessage, OpenEntry>()
  // The server's own listener comes first and takes the bytes below the stream; a listener on `data`
  // that is added after it makes it give them back. Ours is called before its parser.
  // With TLS the socket of the first event carries what is encrypted, that of the second what is not.
  server.on(speaksTls(server) ? 'secureConnection' : 'connection', (socket: Socket) => {
    const socketTap = new SocketTap(journal, journal.nextSocket(), remoteOf(socket))
    taps.set(socket, socketTap)
    socket.prependListener('data', (chunk: Buffer) => {
      socketTap.receive(chunk)
    })
  })
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const entry = taps.get(request.socket)?.next() ?? journal.open(0, remoteOf(request.socket))
    entries.set(request, entry)
    follow(entry, request, response)
  })
  server.prependListener('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    taps.get(socket)?.last?.note(`not HTTP, or not in time: ${error.code ?? error.message}`)
  })
  return (request) => entries.get(request) ?? journal.open(0, remoteOf(request.socket))
}

/** Says in an entry what its request asks for, and when it has been answered, how. */
export function follow(entry: OpenEntry, request: IncomingMessage, response: ServerResponse): void {
  entry.name(request.method ?? '', request.url ?? '')
  response.on('close', () => {
    entry.answered(response.headersSent ? response.statusCode : null)
  })
}

/** The other end of a connection, as `address:port`. */
export function remoteOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`
}

/** Bytes of a chunk: the chunk itself where that is all of it, as it nearly always is. */
function part(chunk: Buffer, at: number, length: number): Buffer {
  return length === chunk.length ? chunk : chunk.subarray(at, at + length)
}

/** The requests of one connection, cut apart. */
class SocketTap {
  readonly #journal: Journal
  readonly #socket: number
  readonly #remote: string
  readonly #framing = new RequestFraming()
  readonly #unserved: OpenEntry[] = []
  #open: OpenEntry | undefined
  /** The entry of the bytes that came last. */
  last: OpenEntry | undefined

  constructor(journal: Journal, socket: number, remote: string) {
    this.#journal = journal
    this.#socket = socket
    this.#remote = remote
  }

  receive(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      const { length, ends } = this.#framing.take(chunk, at)
      const entry = this.#open ?? this.#begin()
      entry.add(part(chunk, at, length))
      this.#open = ends ? undefined : entry
      at += length
    }
  }

  /** The entry of the next request that is served; requests are served in the order in which they came. */
  next(): OpenEntry | undefined {
    return this.#unserved.shift()
  }

  #begin(): OpenEntry {
    const entry = this.#journal.open(this.#socket, this.#remote)
    this.#unserved.push(entry)
    this.last = entry
    return entry
  }
}
