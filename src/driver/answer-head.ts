import type { RecordedHeader } from '#evidence/exchange.ts'
import { GrowingBytes } from './growing-bytes.ts'

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
const CARRIAGE_RETURN = 0x0d
const SWITCHING_PROTOCOLS = 101

/**
 * Finds the head of the final answer in the bytes of a connection, interim (1xx) answers left out. Of all heads
 * together it keeps at most `limit` bytes, so that endless ones cannot fill the memory.
 */
export class HeadScanner {
  readonly #bytes: GrowingBytes
  /** Where the head at hand begins, and where its last line ended; of the first line there is none before. */
  #start = 0
  #lineStart = 0
  #final: { readonly text: string; readonly head: AnswerHead | null } | null = null
  #interim: AnswerHead | null = null

  constructor(limit: number) {
    this.#bytes = new GrowingBytes(limit)
  }

  /** Takes the next bytes as they came; none are looked at once the head is complete. */
  feed(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length && this.#final === null && !this.#bytes.isFull) {
      const lineFeed = chunk.indexOf(LINE_FEED, at)
      const end = lineFeed < 0 ? chunk.length : lineFeed + 1
      this.#bytes.add(chunk.subarray(at, end))
      if (lineFeed >= 0) this.#endLine()
      at = end
    }
  }

  /** The final head once it is complete, else what there is of it; null when there is not one whole line. */
  get head(): AnswerHead | null {
    return this.#final === null ? parseHead(this.#soFar()) : this.#final.head
  }

  /** The last interim answer before the final one; null where there was none. */
  get interim(): AnswerHead | null {
    return this.#interim
  }

  /** Whether the head of the final answer was seen to its end. */
  get complete(): boolean {
    return this.#final !== null
  }

  /** Whether heads came to more than is kept before the final one ended. */
  get isOverfull(): boolean {
    return this.#final === null && this.#bytes.isFull
  }

  /** How many bytes there were to the end of the final head; of the heads so far while it is not complete. */
  get end(): number {
    return this.#bytes.length
  }

  /** The first bytes of what was received and is no complete head, decoded as Latin-1. */
  get beginning(): string {
    return this.#final?.text ?? this.#soFar()
  }

  #soFar(): string {
    return this.#bytes.view(this.#start).toString('latin1')
  }

  /** An empty line behind another line ends a head. */
  #endLine(): void {
    const { length } = this.#bytes
    const line = this.#bytes.view(this.#lineStart, length)
    const isEmpty = line.length === 1 || (line.length === 2 && line[0] === CARRIAGE_RETURN)
    if (isEmpty && this.#lineStart > this.#start) this.#endHead()
    else this.#lineStart = length
  }

  #endHead(): void {
    const text = this.#bytes.view(this.#start, this.#lineStart).toString('latin1')
    const head = parseHead(text)
    if (isInterim(head)) {
      this.#interim = head
      this.#start = this.#bytes.length
      this.#lineStart = this.#start
    } else this.#final = { text, head }
  }
}

function isInterim(head: AnswerHead | null): boolean {
  const status = head?.status ?? 0
  return status >= 100 && status < 200 && status !== SWITCHING_PROTOCOLS
}
