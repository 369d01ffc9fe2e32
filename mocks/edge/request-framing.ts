/**
 * Finds where one HTTP/1.1 request ends and the next begins in what comes over a connection: after the empty
 * line, Content-Length bytes, or chunks up to the last one and its trailers. It judges nothing: whether a
 * request is well formed is for the parser that serves it.
 */
export class RequestFraming {
  #state: State = HEAD

  /** How many bytes from `start` on belong to the request at hand, and whether it ends with them. */
  take(chunk: Buffer, start: number): { readonly length: number; readonly ends: boolean } {
    let at = start
    while (at < chunk.length) {
      at = this.#advance(chunk, at)
      if (this.#state.kind === 'done') {
        this.#state = HEAD
        return { length: at - start, ends: true }
      }
    }
    return { length: at - start, ends: false }
  }

  #advance(chunk: Buffer, at: number): number {
    switch (this.#state.kind) {
      case 'head':
        return this.#takeHead(this.#state.seen, chunk, at)
      case 'chunk-size':
      case 'trailers':
        return this.#takeLines(this.#state, chunk, at)
      case 'body':
      case 'chunk':
        return this.#takeCounted(this.#state, chunk, at)
      case 'done':
        return at
      default:
        return this.#state satisfies never
    }
  }

  /** Takes a head to its empty line, or all there is of it. */
  #takeHead(before: string, chunk: Buffer, at: number): number {
    const seen = before + chunk.toString('latin1', at)
    const end = endOfHead(seen)
    this.#state = end === null ? { kind: 'head', seen } : afterHead(seen.slice(0, end))
    return end === null ? chunk.length : at + end - before.length
  }

  /** Takes one line more, to its LF; trailers end with an empty line, a chunk size with any. */
  #takeLines(state: Lines, chunk: Buffer, at: number): number {
    const end = chunk.indexOf('\n', at)
    const stop = end < 0 ? chunk.length : end + 1
    const seen = state.seen + chunk.toString('latin1', at, stop)
    this.#state = end < 0 ? { ...state, seen } : afterLine(state.kind, seen)
    return stop
  }

  #takeCounted(state: CountedBytes, chunk: Buffer, at: number): number {
    const taken = Math.min(state.left, chunk.length - at)
    const left = state.left - taken
    if (left > 0) this.#state = { ...state, left }
    else this.#state = state.kind === 'body' ? DONE : { kind: 'chunk-size', seen: '' }
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

interface CountedBytes {
  readonly kind: 'body' | 'chunk'
  readonly left: number
}

type State = Head | Lines | CountedBytes | { readonly kind: 'done' }

const HEAD: State = { kind: 'head', seen: '' }
const DONE: State = { kind: 'done' }
const CRLF_LENGTH = 2

function afterLine(kind: Lines['kind'], seen: string): State {
  if (kind === 'chunk-size') return afterChunkSize(seen)
  const complete = seen === '\r\n' || seen === '\n' || seen.endsWith('\n\r\n') || seen.endsWith('\n\n')
  return complete ? DONE : { kind, seen }
}

/** Where the head ends that `text` begins with; empty lines before it end nothing (RFC 9112, section 2.2). */
function endOfHead(text: string): number | null {
  return /^[\r\n]*[^\r\n][^]*?\n\r?\n/.exec(text)?.[0].length ?? null
}

function afterHead(head: string): State {
  if (/^transfer-encoding:.*\bchunked\b/im.test(head)) return { kind: 'chunk-size', seen: '' }
  const length = Number(/^content-length:[ \t]*(\d+)/im.exec(head)?.[1] ?? 0)
  return length > 0 ? { kind: 'body', left: length } : DONE
}

function afterChunkSize(line: string): State {
  const size = Number.parseInt(line, 16)
  return size > 0 ? { kind: 'chunk', left: size + CRLF_LENGTH } : { kind: 'trailers', seen: '' }
}
