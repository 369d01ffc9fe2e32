import { concat } from '#protocol/bytes.ts'
import { type AnswerHead, HeadScanner } from './answer-head.ts'
import { headerValue } from './wire-request.ts'

/** An answer that is whole, and how many bytes of the connection it took. */
export interface WholeAnswer {
  readonly head: AnswerHead
  /** Its content, chunks joined. */
  readonly body: Uint8Array
  readonly length: number
}

/** Statuses without content (RFC 9112, 6.3). */
const BODILESS: readonly (number | null)[] = [204, 304]

/**
 * The answer that stands at the beginning of what came on a connection; null where it is not whole, or does not say where
 * it ends (RFC 9112, 6.3), so that no other can follow it.
 */
export function wholeAnswer(received: Buffer, mostHeadBytes: number): WholeAnswer | null {
  const scanner = new HeadScanner(mostHeadBytes)
  scanner.feed(received)
  const { head, end } = scanner
  if (!scanner.complete || head === null) return null
  const content = contentIn(received.subarray(end), head)
  return content === null ? null : { head, body: content.body, length: end + content.length }
}

type AnswerContent = Pick<WholeAnswer, 'body' | 'length'>

function contentIn(rest: Buffer, { status, headers }: AnswerHead): AnswerContent | null {
  if (BODILESS.includes(status)) return { body: NONE, length: 0 }
  if (headerValue(headers, 'Transfer-Encoding')?.toLowerCase() === 'chunked') return chunksIn(rest)
  const length = headerValue(headers, 'Content-Length') ?? ''
  if (!/^\d+$/.test(length) || rest.length < Number(length)) return null
  return { body: rest.subarray(0, Number(length)), length: Number(length) }
}

const NONE = new Uint8Array()
const CRLF = '\r\n'

/** A chunk is its size in hexadecimal, a line end, its bytes, and a line end; the last one has none, and trailers may follow it. */
function chunksIn(rest: Buffer): AnswerContent | null {
  const chunks: Uint8Array[] = []
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf(CRLF, at)
    const size = /^[0-9a-f]+/i.exec(rest.toString('latin1', at, Math.max(at, lineEnd)))?.[0]
    if (lineEnd < 0 || size === undefined) return null
    const start = lineEnd + CRLF.length
    if (Number.parseInt(size, 16) === 0) {
      const end = endOfTrailers(rest, lineEnd)
      return end === null ? null : { body: concat(...chunks), length: end }
    }
    at = start + Number.parseInt(size, 16) + CRLF.length
    if (rest.length < at) return null
    chunks.push(rest.subarray(start, at - CRLF.length))
  }
}

/** Trailers end with an empty line, which may come at once. */
function endOfTrailers(rest: Buffer, lineEnd: number): number | null {
  const end = rest.indexOf(CRLF + CRLF, lineEnd)
  return end < 0 ? null : end + 2 * CRLF.length
}
