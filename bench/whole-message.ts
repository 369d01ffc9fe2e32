const HEAD_END = '\r\n\r\n'
const BODILESS = /^HTTP\/1\.[01] (?:204|304) /

/**
 * Whether these bytes are an answer to its end, by its Content-Length. One without that header ends with its
 * connection; an interim answer is none.
 */
export function isWholeAnswer(received: Buffer): boolean {
  const head = headOf(received)
  if (head === null) return false
  if (head.startsWith('HTTP/1.1 1')) return isWholeAnswer(received.subarray(head.length))
  if (BODILESS.test(head)) return true
  const length = lengthIn(head)
  return length !== null && received.length >= head.length + length
}

/** Whether a request has less of a body than it says: a server waits for the rest. */
export function isCutShort(request: Buffer): boolean {
  const head = headOf(request)
  return head === null || request.length < head.length + (lengthIn(head) ?? 0)
}

function headOf(bytes: Buffer): string | null {
  const end = bytes.indexOf(HEAD_END)
  return end < 0 ? null : bytes.toString('latin1', 0, end + HEAD_END.length)
}

function lengthIn(head: string): number | null {
  const length = /\r\ncontent-length:[ \t]*([0-9]+)/i.exec(head)?.[1]
  return length === undefined ? null : Number(length)
}
