const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const CRLF_LENGTH = 2
/** Of a line as much is kept; the length of a body stands at its beginning. */
const KEPT_OF_LINE = 1024

/**
 * Finds where one HTTP/1.1 request ends and the next begins in what comes over a connection: after the empty
 * line, Content-Length bytes, or chunks up to the last one and its trailers. It judges nothing: whether a
 * request is well formed is for the parser that serves it. Each byte is looked at once, and of no line is more
 * kept than its beginning.
 */
export class RequestFraming {
  #state: State = HEAD
  /** What there was of the line at hand, and how long it is. */
  #line = ''
  #lineLength = 0

  /** How many bytes from `start` on belong to the request at hand, and whether it ends with them. */
  take(chunk: Buffer, start: number): { readonly length: number; readonly ends: boolean } {
    let at = start
    while (at < chunk.length) {
      at = 'left' in this.#state ? this.#takeCounted(this.#state, chunk, at) : this.#takeLine(chunk, at)
      if (this.#state.kind === 'done') {
        this.#state = HEAD
        return { length: at - start, ends: true }
      }
    }
    return { length: at - start, ends: false }
  }

  /** Takes a line to its LF, or all there is of it. */
  #takeLine(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(LINE_FEED, at)
    const stop = end < 0 ? chunk.length : end + 1
    this.#keep(chunk, at, stop)
    if (end < 0) return stop
    const line: Line = { text: this.#line, isEmpty: isEmpty(this.#line, this.#lineLength) }
    this.#line = ''
    this.#lineLength = 0
    this.#state = afterLine(this.#state, line)
    return stop
  }

  #keep(chunk: Buffer, at: number, stop: number): void {
    const room = KEPT_OF_LINE - this.#line.length
    if (room > 0) this.#line += chunk.toString('latin1', at, Math.min(stop, at + room))
    this.#lineLength += stop - at
  }

  #takeCounted(state: CountedBytes, chunk: Buffer, at: number): number {
    const taken = Math.min(state.left, chunk.length - at)
    const left = state.left - taken
    if (left > 0) this.#state = { ...state, left }
    else this.#state = state.kind === 'body' ? DONE : CHUNK_SIZE
    return at + taken
  }
}

interface Line {
  /** Its beginning. */
  readonly text: string
  readonly isEmpty: boolean
}

/** A head, as far as its lines say how long the body is. `isBegun` once a line of it was not empty. */
interface Head {
  readonly kind: 'head'
  readonly isBegun: boolean
  readonly isChunked: boolean
  readonly length: number | null
}

interface CountedBytes {
  readonly kind: 'body' | 'chunk'
  readonly left: number
}

type State =
  | Head
  | CountedBytes
  | { readonly kind: 'chunk-size' }
  | { readonly kind: 'trailers' }
  | { readonly kind: 'done' }

const HEAD: Head = { kind: 'head', isBegun: false, isChunked: false, length: null }
const CHUNK_SIZE: State = { kind: 'chunk-size' }
const TRAILERS: State = { kind: 'trailers' }
const DONE: State = { kind: 'done' }

function isEmpty(line: string, length: number): boolean {
  return length === 1 || (length === CRLF_LENGTH && line.charCodeAt(0) === CARRIAGE_RETURN)
}

function afterLine(state: State, line: Line): State {
  switch (state.kind) {
    case 'head':
      return line.isEmpty ? afterEmptyLine(state) : afterHeadLine(state, line.text)
    case 'chunk-size':
      return afterChunkSize(line.text)
    case 'trailers':
      return line.isEmpty ? DONE : TRAILERS
    default:
      return state
  }
}

/** Empty lines before a request end nothing (RFC 9112, section 2.2). */
function afterEmptyLine(head: Head): State {
  if (!head.isBegun) return head
  if (head.isChunked) return CHUNK_SIZE
  return head.length !== null && head.length > 0 ? { kind: 'body', left: head.length } : DONE
}

function afterHeadLine(head: Head, line: string): State {
  const isChunked = head.isChunked || /^transfer-encoding:.*\bchunked\b/i.test(line)
  const length = head.length ?? lengthIn(line)
  const isSame = head.isBegun && isChunked === head.isChunked && length === head.length
  return isSame ? head : { kind: 'head', isBegun: true, isChunked, length }
}

function lengthIn(line: string): number | null {
  const digits = /^content-length:[ \t]*(\d+)/i.exec(line)?.[1]
  return digits === undefined ? null : Number(digits)
}

function afterChunkSize(line: string): State {
  const size = Number.parseInt(line, 16)
  return size > 0 ? { kind: 'chunk', left: size + CRLF_LENGTH } : TRAILERS
}
