/**
 * Finds where one HTTP/1.1 request ends and the next begins in the bytes of a connection: after the empty
 * line, Content-Length bytes, or chunks up to the last one and its trailers. It judges nothing: whether a
 * request is well formed is for the parser that serves it.
 */
export class RequestFraming {
  #state: State = { kind: 'head', seen: '' }

  /** How many of the bytes from `start` on belong to the request at hand, and whether it ends with them. */
  take(bytes: Buffer, start: number): { readonly length: number; readonly ends: boolean } {
    let at = start
    while (at < bytes.length) {
      const next = this.#advance(bytes, at)
      at = next
      if (this.#state.kind === 'done') {
        this.#state = { kind: 'head', seen: '' }
        return { length: at - start, ends: true }
      }
    }
    return { length: at - start, ends: false }
  }

  #advance(bytes: Buffer, at: number): number {
    switch (this.#state.kind) {
      case 'head':
        return this.#takeHead(this.#state.seen, bytes, at)
      case 'chunk-size':
      case 'trailers':
        return this.#takeLines(this.#state, bytes, at)
      case 'body':
      case 'chunk':
        return this.#takeCounted(this.#state, bytes, at)
      case 'done':
        return at
      default:
        return this.#state satisfies never
    }
  }

  /** Takes a head to its empty line, or all there is of it. */
  #takeHead(seen: string, bytes: Buffer, at: number): number {
    const text = seen + bytes.toString('latin1', at)
    const end = endOfHead(text)
    this.#state = end === null ? { kind: 'head', seen: text } : afterHead(text.slice(0, end))
    return end === null ? bytes.length : at + end - seen.length
  }

  /** Takes one line more, to its LF; trailers end with an empty line, a chunk size with any. */
  #takeLines(state: Lines, bytes: Buffer, at: number): number {
    const end = bytes.indexOf(LF, at)
    const stop = end < 0 ? bytes.length : end + 1
    const seen = state.seen + bytes.toString('latin1', at, stop)
    this.#state = end < 0 ? { ...state, seen } : afterLine(state.kind, seen)
    return stop
  }

  #takeCounted(state: Counted, bytes: Buffer, at: number): number {
    const taken = Math.min(state.left, bytes.length - at)
    const left = state.left - taken
    if (left > 0) this.#state = { ...state, left }
    else this.#state = state.kind === 'body' ? { kind: 'done' } : { kind: 'chunk-size', seen: '' }
    return at + taken
  }
}

/** `seen` is what there was of a head. */
interface Head {
  readonly kind: 'head'
  readonly seen: string
}

/** `seen` is what there was of the line, or of all trailers. */
interface Lines {
  readonly kind: 'chunk-size' | 'trailers'
  readonly seen: string
}

interface Counted {
  readonly kind: 'body' | 'chunk'
  readonly left: number
}

type State = Head | Lines | Counted | { readonly kind: 'done' }

const LF = 0x0a
const CRLF_BYTES = 2

function afterLine(kind: Lines['kind'], seen: string): State {
  if (kind === 'chunk-size') return afterChunkSize(seen)
  const complete = seen === '\r\n' || seen === '\n' || seen.endsWith('\n\r\n') || seen.endsWith('\n\n')
  return complete ? { kind: 'done' } : { kind, seen }
}

/** Where the head ends that `text` begins with; empty lines before it end nothing (RFC 9112, section 2.2). */
function endOfHead(text: string): number | null {
  return /^[\r\n]*[^\r\n][^]*?\n\r?\n/.exec(text)?.[0].length ?? null
}

function afterHead(head: string): State {
  if (/^transfer-encoding:.*\bchunked\b/im.test(head)) return { kind: 'chunk-size', seen: '' }
  const length = Number(/^content-length:[ \t]*(\d+)/im.exec(head)?.[1] ?? 0)
  return length > 0 ? { kind: 'body', left: length } : { kind: 'done' }
}

function afterChunkSize(line: string): State {
  const size = Number.parseInt(line, 16)
  return size > 0 ? { kind: 'chunk', left: size + CRLF_BYTES } : { kind: 'trailers', seen: '' }
}
