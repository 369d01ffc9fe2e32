import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** What came back on one connection until it was over. */
export interface RawAnswer {
  /** All bytes, as Latin-1, with the value of Date taken out. */
  readonly text: string
  /** `end` where the server ended its side in order; else the code of what broke the connection. */
  readonly over: string
}

/** What there is to see of a connection besides its bytes. */
export interface RawOptions {
  /** The authority to trust, as PEM text; needed with `https`. */
  readonly ca?: string | null
  /** Sent when the answer has ended, before our own side ends. */
  readonly after?: string
  /** Ends our side right behind what is sent. */
  readonly ends?: boolean
}

/** Sends the bytes of `sent` (Latin-1) on a connection of its own and waits until the server has ended it. */
export function rawExchange(url: string, sent: string, options: RawOptions = {}): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const received: Buffer[] = []
    const socket = connected(url, options.ca ?? null)
    const over = (how: string): void => {
      const text = Buffer.concat(received).toString('latin1')
      resolve({ text: text.replace(/^(Date: ).*(?=\r$)/m, '$1-'), over: how })
    }
    let ending = 'closed'
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    socket.on('end', () => {
      ending = 'end'
      socket.end(options.after ?? '', 'latin1')
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ending = error.code ?? error.message
    })
    socket.on('close', () => {
      over(ending)
    })
    if (options.ends === true) socket.end(sent, 'latin1')
    else socket.write(sent, 'latin1')
  })
}

function connected(url: string, ca: string | null): Socket {
  const { hostname: host, port, protocol } = new URL(url)
  const place = { host, port: Number(port), allowHalfOpen: true }
  return protocol === 'https:' ? connectTls({ ...place, ...(ca === null ? {} : { ca }) }) : connect(place)
}
