import { endpointOf, parseBase } from '../endpoint.ts'
import type { Pace } from '../pace.ts'
import { type RawOutcome, rawExchange } from '../raw-exchange.ts'
import type { RawOptions } from '../raw-probe.ts'
import type { WireResult } from '../wire-client.ts'
import { type WireRequest, headerValue } from '../wire-request.ts'
import { type WireForm, bytesOf } from './wire-forms.ts'

/** Carries requests to an mStore in one form, byte by byte, each on a connection of its own. */
export interface RawClient {
  /** One request; what came is read until the server ends the connection or its time is up. */
  send(request: WireRequest): Promise<WireResult>
  /** The outcomes of the connections, in the order in which the requests were sent. */
  readonly outcomes: readonly RawOutcome[]
}

/** What a raw client is made of. */
export interface RawClientOptions extends RawOptions {
  /** Sent with each request besides its own; never in clear to a server whose URL is https, since one may be a secret. */
  readonly headers?: WireRequest['headers']
  /** Awaited before each request. */
  readonly pace?: Pace
}

/** A client that puts every request on the wire in that form. */
export function createRawClient(form: WireForm, options: RawClientOptions): RawClient {
  const outcomes: RawOutcome[] = []
  const base = parseBase(options.baseUrl)
  const send = async (request: WireRequest): Promise<WireResult> => {
    const endpoint = endpointOf(base, request)
    if (endpoint === null) throw new Error(`${request.operation}: expected a place to send it to`)
    await options.pace?.()
    const { clear = false, alpn } = form
    const further = clear && endpoint.secure ? [] : (options.headers ?? [])
    const headers = [...further, ...request.headers]
    const written = bytesOf({ ...request, headers, target: endpoint.path }, form, endpoint.authority)
    const offer = alpn === undefined ? {} : { alpn }
    const probe = { operation: request.operation, ...written, clear, ...offer }
    const outcome = await rawExchange(probe, options)
    outcomes.push(outcome)
    return resultOf(outcome)
  }
  return { send, outcomes }
}

function resultOf(outcome: RawOutcome): WireResult {
  const { status, statusLine, headers, body, exchange } = outcome
  if (status === null || statusLine === null) {
    const detail = outcome.reset ? 'connection reset before an answer' : 'connection without an answer'
    return { kind: 'failed', failure: exchange.failure ?? { kind: 'broken-off', detail }, exchange }
  }
  const header = (name: string) => headerValue(headers, name)
  return { kind: 'answered', answer: { status, statusLine, headers, body, header, exchange } }
}
