import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Journal } from './journal.ts'
import type { Connection, RecordedAnswer } from './journal-entry.ts'
import type { OpenEntry } from './open-entry.ts'
import { speaksTls } from './listen.ts'
import { RequestFraming } from './request-framing.ts'

/**
 * Writes every byte that reaches `server` into the journal, request by request, as it comes and before it
 * is parsed, and adds what became of it. To be called before the server serves anything. With TLS these are
 * the bytes inside.
 */
export function tap(server: Server, journal: Journal): void {
  const taps = new WeakMap<Duplex, SocketTap>()
  // The server's own listener comes first and takes the bytes below the stream; a listener on `data`
  // that is added after it makes it give them back. Ours is called before its parser.
  // With TLS the socket of the first event carries what is encrypted, that of the second what is not.
  server.on(speaksTls(server) ? 'secureConnection' : 'connection', (socket: Socket) => {
    const socketTap = new SocketTap(journal, { socket: journal.nextSocket(), remote: remoteOf(socket) })
    taps.set(socket, socketTap)
    socket.prependListener('data', (chunk: Buffer) => {
      socketTap.receive(chunk)
    })
  })
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const entry = taps.get(request.socket)?.next() ?? journal.open(uncounted(request.socket))
    follow(entry, request, response)
  })
  server.prependListener('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const last = taps.get(socket)?.last
    // A client may break the connection off when it has its answer.
    if (last?.isSettled !== false) return
    last.note([`not HTTP, or not in time: ${error.code ?? error.message}`])
    last.answered(null)
  })
}

const ENTRY = Symbol('entry of the journal')

/** A request, and perhaps its entry. */
type Followed = IncomingMessage & { [ENTRY]?: OpenEntry }

/** Says in an entry what its request asks for, and when it has been answered, how. */
export function follow(entry: OpenEntry, request: Followed, response: ServerResponse): void {
  request[ENTRY] = entry
  entry.name(request.method ?? '', request.url ?? '')
  response.on('close', sayAnswered)
}

function sayAnswered(this: ServerResponse<Followed>): void {
  this.req[ENTRY]?.answered(this.headersSent ? this.statusCode : null)
}

/** Adds remarks to the entry of a request; of one that no journal follows nothing is kept. */
export function note(request: Followed, notes: readonly string[]): void {
  request[ENTRY]?.note(notes)
}

/** Says in the entry of a request what became of it; the last word of several holds. */
export function record(request: Followed, recorded: RecordedAnswer): void {
  request[ENTRY]?.record(recorded)
}

/** A connection without a number in the journal. */
export function uncounted(socket: Socket): Connection {
  return { socket: 0, remote: remoteOf(socket) }
}

/** The other end of a connection, as `address:port`. */
function remoteOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`
}

/** More requests than one read of a connection has; what comes on after the connection was answered is never served. */
const MOST_UNSERVED = 10_000

/** The requests of one connection, cut apart. */
class SocketTap {
  readonly #journal: Journal
  readonly #connection: Connection
  readonly #framing = new RequestFraming()
  readonly #unserved: OpenEntry[] = []
  #open: OpenEntry | undefined
  /** The entry of the bytes that came last. */
  last: OpenEntry | undefined

  constructor(journal: Journal, connection: Connection) {
    this.#journal = journal
    this.#connection = connection
  }

  /** Takes bytes as they come. */
  receive(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      const { length, ends } = this.#framing.take(chunk, at)
      const entry = this.#open ?? this.#begin()
      entry.add(length === chunk.length ? chunk : chunk.subarray(at, at + length))
      this.#open = ends ? undefined : entry
      at += length
    }
  }

  /** The entry of the next request that is served; requests are served in the order in which they came. */
  next(): OpenEntry | undefined {
    return this.#unserved.shift()
  }

  #begin(): OpenEntry {
    const entry = this.#journal.open(this.#connection)
    if (this.#unserved.length < MOST_UNSERVED) this.#unserved.push(entry)
    this.last = entry
    return entry
  }
}
