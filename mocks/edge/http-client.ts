import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import type * as Https from 'node:https'
import { onDemand } from '#protocol/on-demand.ts'

const https = onDemand('node:https') as () => typeof Https

/** A request to another server; `path` is what stands on the request line. Times in ms. */
export interface HttpCall {
  /**
   * `http://host:port`, and a path before `path` where there is one. Of `https` any certificate is taken, and each call
   * has a connection of its own.
   */
  readonly url: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number
  /**
   * Whether doing it twice is as good as once: then it may go over a connection that was left open, and is made
   * again where the other server had closed that.
   */
  readonly isRepeatable?: boolean
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

/** Calls other servers, each call on a connection of its own unless it is repeatable. */
export interface HttpClient {
  /** Never rejects: what goes wrong is an answer of its own kind. */
  readonly call: (call: HttpCall) => Promise<HttpAnswer>
  /** Breaks off the calls that are under way, and closes what was left open. */
  readonly close: () => void
}

const MAX_ANSWER_BYTES = 8 * 1024 * 1024
/** What comes of writing to a connection that the other end has closed. */
const STALE = new Set(['ECONNRESET', 'EPIPE'])

/** A client with no call under way. */
export function httpClient(): HttpClient {
  const underWay = new Set<ClientRequest>()
  const agent = new Agent({ keepAlive: true })
  return {
    call: async (call) => {
      const signal = AbortSignal.timeout(call.timeoutMs)
      const make = (over: Agent | false): Promise<HttpAnswer | 'stale'> => {
        const url = `${call.url.replace(/\/$/, '')}${call.path}`
        const options = {
          ...{ method: call.method, signal },
          headers: { ...call.headers, 'Content-Length': String(call.body.length) },
        }
        const calling = isTls(url)
          ? https().request(url, { ...options, agent: false, rejectUnauthorized: false })
          : request(url, { ...options, agent: over })
        underWay.add(calling)
        calling.on('close', () => underWay.delete(calling))
        return answerTo(calling, call)
      }
      const first = await make(call.isRepeatable === true ? agent : false)
      const answer = first === 'stale' ? await make(false) : first
      return answer === 'stale' ? { kind: 'unreachable', reason: 'connection reset' } : answer
    },
    close: () => {
      for (const calling of underWay) calling.destroy(new Error('broken off'))
      agent.destroy()
    },
  }
}

function isTls(url: string): boolean {
  return url.startsWith('https:')
}

/** What came of one request; `stale` where it went over an open connection that the other server had closed. */
function answerTo(calling: ClientRequest, { body, timeoutMs }: HttpCall): Promise<HttpAnswer | 'stale'> {
  return new Promise((resolve) => {
    const giveUp = (error: NodeJS.ErrnoException): void => {
      const reason = error.name === 'AbortError' ? `no answer within ${timeoutMs} ms` : error.message
      const isStale = calling.reusedSocket && STALE.has(error.code ?? '')
      resolve(isStale ? 'stale' : { kind: 'unreachable', reason })
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
