import type { IncomingMessage } from 'node:http'

/**
 * The body of a request, whole. Rejects where somebody else has read it, a body parser of the application
 * that a mock is mounted in. Past `maxBytes` it is read to its end and thrown away, so that the client
 * gets its answer. Null where the client went before the end.
 */
export function readBytes(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array | 'too-long' | null> {
  return new Promise((resolve, reject) => {
    if (request.readableDidRead) {
      reject(new Error('body: expected it unread, got it read; mount the mock before any body parser'))
      return
    }
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) chunks.length = 0
      else chunks.push(chunk)
    })
    request.on('end', () => {
      resolve(length > maxBytes ? 'too-long' : joined(chunks))
    })
    // After an end, these change nothing any more.
    request.on('error', () => {
      resolve(null)
    })
    request.on('close', () => {
      resolve(null)
    })
  })
}

function joined(chunks: readonly Buffer[]): Uint8Array {
  const [first] = chunks
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)
}
