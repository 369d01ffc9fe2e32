import type { AnswerHead, HeadScanner } from './answer-head.ts'
import type { GrowingBytes } from './growing-bytes.ts'
import { headerValue } from './wire-request.ts'

/** The bytes that came on a connection, and the heads found in them. */
export interface ReceivedBytes {
  readonly scanner: HeadScanner
  readonly received: GrowingBytes
}

/** The head of the final answer, or what came in its place, and everything behind it. */
export function answerIn({ scanner, received }: ReceivedBytes): {
  readonly head: AnswerHead | null
  readonly body: Uint8Array
} {
  if (!scanner.complete) return { head: scanner.head ?? scanner.interim, body: new Uint8Array() }
  return { head: scanner.head, body: new Uint8Array(received.view(scanner.end)) }
}

const DIGITS = /^[0-9]+$/

/** Whether the answer has as many bytes as it says; one that does not say ends with the connection. */
export function isWhole({ scanner, received }: ReceivedBytes): boolean {
  const length = scanner.complete ? headerValue(scanner.head?.headers ?? [], 'Content-Length') : null
  return length !== null && DIGITS.test(length) && received.length - scanner.end >= Number(length)
}

/** An answer to a second request begins where the first one ended, so at no line of its own. */
export function furtherStatusLine(body: Uint8Array): string | null {
  return /HTTP\/[0-9.]+ [0-9]{3}[^\r\n]*/.exec(Buffer.from(body).toString('latin1'))?.[0] ?? null
}
