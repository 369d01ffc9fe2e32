import type { RecordedHeader } from '#evidence/exchange.ts'

/** The head of an answer as it stood on the wire, decoded as Latin-1. */
export interface AnswerHead {
  /** The status line without its line end. */
  readonly line: string
  /** Three digits of the line, or null where it has none at their place. */
  readonly status: number | null
  /** Names and values in their order and case; white space around values is gone. */
  readonly headers: readonly RecordedHeader[]
}

/** An HTTP/1.x status line (RFC 9112, section 4); the reason phrase and the blank before it may be missing. */
const STATUS_LINE = /^HTTP\/1\.[0-9] [0-9]{3}(?: [^\0\r\n]*)?$/

/** Whether a line is the status line of an HTTP/1.x answer. */
export function isStatusLine(line: string): boolean {
  return STATUS_LINE.test(line)
}

/** Reads a head, whole or broken off, without judging it; null where not even one line was complete. */
export function parseHead(text: string): AnswerHead | null {
  const [line = '', ...rest] = text.split(/\r?\n/)
  if (rest.length === 0) return null
  const status = /^HTTP\/[^ ]* ([0-9]{3})(?: |$)/.exec(line)?.[1]
  return { line, status: status === undefined ? null : Number(status), headers: rest.flatMap(parseHeader) }
}

function parseHeader(line: string): readonly RecordedHeader[] {
  const colon = line.indexOf(':')
  return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]]
}

const LINE_FEED = 0x0a
const SWITCHING_PROTOCOLS = 101

/**
 * Finds the head of the final answer in the bytes of a connection, interim (1xx) answers left out. It
 * keeps at most `limit` bytes, so that an endless head cannot fill the memory.
 */
export class HeadScanner {
  readonly #limit: number
  #pending: Buffer[] = []
  #size = 0
  #final: { readonly text: string; readonly head: AnswerHead | null } | null = null

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Takes the next bytes as they came; none are looked at once the head is complete. */
  feed(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0 && this.#final === null && this.#size < this.#limit) {
      const taken = Buffer.from(rest.subarray(0, this.#limit - this.#size))
      rest = rest.subarray(taken.length)
      this.#pending.push(taken)
      this.#size += taken.length
      if (taken.includes(LINE_FEED)) this.#scan()
    }
  }

  /** The final head once it is complete, else what there is of it; null when there is not one whole line. */
  get head(): AnswerHead | null {
    return this.#final === null ? parseHead(this.#soFar()) : this.#final.head
  }

  /** Whether the head of the final answer was seen to its end. */
  get complete(): boolean {
    return this.#final !== null
  }

  /** The first bytes of what was received and is no complete head, decoded as Latin-1. */
  get beginning(): string {
    return this.#final?.text ?? this.#soFar()
  }

  #soFar(): string {
    return Buffer.concat(this.#pending).toString('latin1')
  }

  #scan(): void {
    const received = this.#soFar()
    const end = /\r?\n\r?\n/.exec(received)
    if (end === null) return
    const text = received.slice(0, end.index) + '\r\n'
    const head = parseHead(text)
    if (isInterim(head)) this.#restart(Buffer.from(received.slice(end.index + end[0].length), 'latin1'))
    else this.#final = { text, head }
  }

  #restart(rest: Buffer): void {
    this.#pending = []
    this.#size = 0
    this.feed(rest)
  }
}

function isInterim(head: AnswerHead | null): boolean {
  const status = head?.status ?? 0
  return status >= 100 && status < 200 && status !== SWITCHING_PROTOCOLS
}
