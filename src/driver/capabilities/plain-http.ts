import { request as clearRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { abortedAfterRunning } from '../after-running.ts'
import type { AnyTarget } from '../target.ts'
import { endpointAt } from '../endpoint.ts'
import { type Means, openSocket } from '../open-socket.ts'
import type { ProxySettings } from '../proxy.ts'
import { readTrust } from '../trust.ts'

/** A request that is no evidence, to an absolute URL; `json`, where there is any, is its body. */
export interface PlainRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: object
}

/** A whole answer. Redirects are answers like others. */
export interface PlainResponse {
  readonly status: number
  readonly body: Uint8Array
}

/** The outcome of a request; `reason` is one line, and `code` that of the system (`ECONNREFUSED`), null where it gave none. */
export type PlainOutcome =
  | { readonly kind: 'answered'; readonly response: PlainResponse }
  | { readonly kind: 'failed'; readonly reason: string; readonly code: string | null }

/** What a client needs: milliseconds from connecting to the last byte, and what it trusts. */
export type PlainHttpOptions = Pick<AnyTarget, 'tls'> & {
  readonly answerMs: number
  readonly proxy?: ProxySettings | null | undefined
}

/** Sends one request on a connection of its own; never rejects. */
export type SendPlain = (request: PlainRequest) => Promise<PlainOutcome>

const MAX_BODY_BYTES = 8 * 1024 * 1024

/** A client for requests of which no record is kept. A certificate that is none is a UsageError. */
export function createPlainHttp({ answerMs, tls, proxy }: PlainHttpOptions): SendPlain {
  const means = { trust: readTrust(tls), proxy }
  return async (request) => {
    const { signal, callOff } = abortedAfterRunning(answerMs)
    try {
      return { kind: 'answered', response: await exchange(request, { ...means, signal }) }
    } catch (error) {
      if (signal.aborted)
        return { kind: 'failed', reason: `no whole answer within ${answerMs} ms`, code: null }
      const code = error instanceof Error && 'code' in error ? String(error.code) : null
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error), code }
    } finally {
      callOff()
    }
  }
}

function exchange({ method, url, headers, json }: PlainRequest, means: Means): Promise<PlainResponse> {
  const typed = json === undefined ? {} : { 'Content-Type': 'application/json' }
  const { signal } = means
  const options = { method, signal, headers: { Connection: 'close', ...typed, ...headers } } as const
  return new Promise((resolve, reject) => {
    const createConnection: RequestOptions['createConnection'] = (_options, done) => {
      openSocket(endpointAt(url), means).then((socket) => {
        done(null, socket)
      }, reject)
      return undefined
    }
    const request = url.startsWith('https:') ? tlsRequest : clearRequest
    const sent = request(url, { ...options, createConnection }, (response) => {
      wholeOf(response).then(resolve, reject)
    })
    sent.on('error', reject).end(json === undefined ? undefined : JSON.stringify(json))
  })
}

async function wholeOf(response: IncomingMessage): Promise<PlainResponse> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) throw new Error(`more than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks) }
}
