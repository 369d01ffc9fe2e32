import type { IncomingMessage } from 'node:http'

/** The body of a request as it came: whole, past the bound and thrown away, or as much as came before it was cut short. */
export type ReadBody =
  { readonly kind: 'whole' | 'cut'; readonly bytes: Uint8Array } | { readonly kind: 'too-long' }

/**
 * The body of a request. Rejects where it was read before, by a body parser of the application that a mock
 * is mounted in. Past `maxBytes` it is read to its end and thrown away, so that the client gets its answer.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    if (request.readableDidRead) {
      reject(new Error('body: expected it unread, got it read; mount the mock before any body parser'))
      return
    }
    const chunks: Buffer[] = []
    let length = 0
    let isSettled = false
    const settle = (kind: 'whole' | 'cut'): void => {
      if (isSettled) return
      isSettled = true
      resolve(length > maxBytes ? { kind: 'too-long' } : { kind, bytes: joined(chunks) })
    }
    const cut = (): void => {
      settle('cut')
    }
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) chunks.length = 0
      else chunks.push(chunk)
    })
    request.on('end', () => {
      settle('whole')
    })
    request.on('aborted', cut).on('close', cut)
  })
}

/** The same where a body that was cut short is none: null, since no client waits for the answer. */
export async function readBytes(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array | 'too-long' | null> {
  const body = await readBody(request, maxBytes)
  if (body.kind === 'too-long') return 'too-long'
  return body.kind === 'whole' ? body.bytes : null
}

function joined(chunks: readonly Buffer[]): Uint8Array {
  const [first] = chunks
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)
}
