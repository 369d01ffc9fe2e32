import { request, type ClientRequest, type IncomingMessage } from 'node:http'

/** A request to another server; `path` is what stands on the request line. Times in ms. */
export interface HttpCall {
  /** `http://host:port`, and a path before `path` where there is one. */
  readonly url: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number
}

/** What came of a call; `reason` is one line. */
export type HttpAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly contentType: string | undefined
      readonly body: Uint8Array
    }
  | { readonly kind: 'unreachable'; readonly reason: string }

/** Calls other servers, each call on a connection of its own. */
export interface HttpClient {
  /** Never rejects: what goes wrong is an answer of its own kind. */
  readonly call: (call: HttpCall) => Promise<HttpAnswer>
  /** Breaks off the calls that are under way. */
  readonly close: () => void
}

const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/** A client with no call under way. */
export function httpClient(): HttpClient {
  const underWay = new Set<ClientRequest>()
  return {
    call: (call) => {
      const calling = request(`${call.url.replace(/\/$/, '')}${call.path}`, {
        agent: false,
        method: call.method,
        headers: { ...call.headers, 'Content-Length': String(call.body.length) },
        signal: AbortSignal.timeout(call.timeoutMs),
      })
      underWay.add(calling)
      calling.on('close', () => underWay.delete(calling))
      return answerTo(calling, call)
    },
    close: () => {
      for (const calling of underWay) calling.destroy(new Error('broken off'))
    },
  }
}

function answerTo(calling: ClientRequest, { body, timeoutMs }: HttpCall): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const giveUp = (error: Error): void => {
      const reason = error.name === 'AbortError' ? `no answer within ${timeoutMs} ms` : error.message
      resolve({ kind: 'unreachable', reason })
    }
    calling.on('error', giveUp)
    calling.on('response', (response) => {
      read(response).then(resolve, giveUp)
    })
    calling.end(body)
  })
}

async function read(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) throw new Error(`answer: expected at most ${MAX_ANSWER_BYTES} bytes`)
    chunks.push(chunk)
  }
  const contentType = response.headers['content-type']
  return { kind: 'answered', status: response.statusCode ?? 0, contentType, body: Buffer.concat(chunks) }
}
