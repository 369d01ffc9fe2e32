import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** What a tap tells of the bytes that pass: `sent` once they left, `received` as they come. */
export interface TapListener {
  readonly sent: (chunk: Buffer) => void
  readonly received: (chunk: Buffer) => void
}

/**
 * A connection that shows every byte it carries, both ways. It may wrap a socket that is not yet
 * connected. With TLS it stands above the encryption, so what it shows is plain text. Destroying it
 * destroys the socket.
 */
export class SocketTap extends Duplex {
  readonly #socket: Socket
  readonly #listener: TapListener

  constructor(socket: Socket, listener: TapListener) {
    super()
    this.#socket = socket
    this.#listener = listener
    socket.on('data', (chunk: Buffer) => {
      listener.received(chunk)
      if (!this.push(chunk)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.push(null))
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, (error) => {
      if (error == null) this.#listener.sent(chunk)
      done(error)
    })
  }

  /** Head and body of a request leave in one packet where they can. */
  override _writev(chunks: readonly { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }
}
