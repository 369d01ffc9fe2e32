import { fromUtf8 } from '#protocol/bytes.ts'
import { printable } from '#evidence/printable.ts'
import type { AnyTarget } from '../target.ts'
import type { PlainAnswer, UnrecordedClient } from '../wire-client.ts'
import { createUnrecordedClient } from '../wire-client.ts'
import type { WireRequest } from '../wire-request.ts'
import { withBody } from '../wire-request.ts'
import { CapabilityFailure } from './failures.ts'
import type { Reader } from './reading.ts'
import { read } from './reading.ts'

/**
 * The control plane that a mock, or a deployment beside its relay, offers. Its traffic is no evidence and
 * is not recorded. Every member throws a CapabilityFailure that names URL, expected and got when the
 * control plane cannot be reached, refuses, or answers something else than JSON of the right shape.
 */
export interface ControlPlane {
  get<Value>(target: string, reader: Reader<Value>): Promise<Value>
  post<Value>(target: string, body: object, reader: Reader<Value>): Promise<Value>
  /** Sets something; what is answered beside the status is not looked at. */
  put(target: string, body: object): Promise<void>
}

/** The control plane at `url`, for the capability called `what`. */
export function openControlPlane(
  what: string,
  url: string,
  { timeouts, tls }: ControlPlaneTarget,
): ControlPlane {
  const client = createUnrecordedClient({ baseUrl: url, answerMs: timeouts.answerMs, tls })
  const ask = <Value>(request: WireRequest, reader: Reader<Value>) =>
    jsonOf(client, request, { place: `${what}: ${request.method} ${url}${request.target}`, reader })
  return {
    get: (path, reader) => ask(requestOf('GET', path), reader),
    post: (path, body, reader) => ask(withJson(requestOf('POST', path), body), reader),
    put: async (path, body) => {
      await accepted(client, withJson(requestOf('PUT', path), body), `${what}: PUT ${url}${path}`)
    },
  }
}

function withJson(request: WireRequest, body: object): WireRequest {
  return withBody(request, JSON.stringify(body), 'application/json')
}

/** What a control plane needs besides its URL: the target's time-outs and certificates. */
export type ControlPlaneTarget = Pick<AnyTarget, 'timeouts' | 'tls'>

interface Expectation<Value> {
  readonly place: string
  readonly reader: Reader<Value>
}

/**
 * What a request for JSON is answered. Throws a CapabilityFailure that begins with `place` where it is not
 * granted, or answered with something else.
 */
export async function jsonOf<Value>(
  client: UnrecordedClient,
  request: WireRequest,
  { place, reader }: Expectation<Value>,
): Promise<Value> {
  const answer = await accepted(client, request, place)
  const reading = read(reader, parse(answer, place))
  if (reading.kind === 'wrong') throw new CapabilityFailure(`${place}: ${printable(reading.detail)}`)
  return reading.value
}

async function accepted(client: UnrecordedClient, request: WireRequest, place: string): Promise<PlainAnswer> {
  const result = await client.send(request)
  if (result.kind === 'failed') {
    throw new CapabilityFailure(
      `${place}: expected an answer, got ${result.failure.kind}: ${result.failure.detail}`,
    )
  }
  const { answer } = result
  if (answer.status < 200 || answer.status > 299) {
    throw new CapabilityFailure(`${place}: expected 2xx, got ${answer.status} ${reasonIn(answer)}`.trim())
  }
  return answer
}

function parse(answer: PlainAnswer, place: string): unknown {
  try {
    return JSON.parse(fromUtf8(answer.body) ?? '')
  } catch {
    throw new CapabilityFailure(`${place}: expected JSON, got ${JSON.stringify(beginning(answer))}`)
  }
}

function reasonIn(answer: PlainAnswer): string {
  const text = beginning(answer)
  return text === '' ? '' : JSON.stringify(text)
}

const SHOWN_CHARACTERS = 60

function beginning({ body }: PlainAnswer): string {
  return printable(Buffer.from(body).toString('utf8').slice(0, SHOWN_CHARACTERS))
}

function requestOf(method: string, target: string): WireRequest {
  return { operation: `control plane ${method}`, method, target, headers: [], body: null }
}
