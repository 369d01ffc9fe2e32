import type { ClientRequest } from 'node:http'
import type { RecordedHeader } from '#evidence/exchange.ts'
import { headerValue } from './wire-request.ts'

/** How long a server may keep silent about a body that it is asked for, in ms; RFC 9110, 10.1.1: a client should not wait for ever. */
const CONTINUE_MS = 1000

/**
 * Writes the body of a request as its headers have it, and ends it: in two chunks where it is chunked, and behind an
 * expectation once the server asks for it or has been silent for a second.
 */
export function writeBody(
  request: ClientRequest,
  { headers, body }: { readonly headers: readonly RecordedHeader[]; readonly body: Uint8Array | null },
): void {
  const end = (): void => {
    const first = isChunked(headers) ? (body?.subarray(0, Math.ceil(body.length / 2)) ?? null) : null
    if (first !== null && first.length > 0) request.write(first)
    request.end(body?.subarray(first?.length ?? 0))
  }
  if (headerValue(headers, 'Expect') === null) {
    end()
    return
  }
  const timer = setTimeout(end, CONTINUE_MS)
  request.once('continue', () => {
    clearTimeout(timer)
    end()
  })
  request.once('close', () => {
    clearTimeout(timer)
  })
}

function isChunked(headers: readonly RecordedHeader[]): boolean {
  return headerValue(headers, 'Transfer-Encoding')?.toLowerCase() === 'chunked'
}
