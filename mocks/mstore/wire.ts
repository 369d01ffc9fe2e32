import { utf8 } from '#protocol/bytes.ts'
import { NETWORK_ERROR_BODY } from '#protocol/mstore/network-error.ts'
import type { Json, Reply, WireAnswer } from '#mocks/engine/reply.ts'
import type { MStoreContent, MStoreOutcome } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreRulebook } from './rulebook.ts'

/** How outcomes are written as HTTP answers. */
export interface MStoreWireRules {
  readonly jsonType: string
  readonly jsonText: (value: Json) => string
  /** The one error of the page. */
  readonly networkError: Json
  /** Headers after those of the content. */
  readonly headers: (outcome: MStoreOutcome) => Reply['headers']
  /** The content of an outcome to which its operation gave none. */
  readonly fallback: (outcome: MStoreOutcome) => MStoreContent
  /** How long the answer is held back, in ms. */
  readonly delayMs: (outcome: MStoreOutcome, rulebook: MStoreRulebook) => number
  /** The last word on what goes over the wire: bytes can be changed here that no rule knows of. */
  readonly transform: (reply: Reply, outcome: MStoreOutcome, request: MStoreRequest) => WireAnswer
}

const GATEWAY_TIMEOUT = 504

export const documentedWire: MStoreWireRules = {
  // The page is silent
  jsonType: 'application/json',
  jsonText: (value) => JSON.stringify(value),
  // MSTORE-ERROR-02, MSTORE-ERROR-03
  networkError: NETWORK_ERROR_BODY,
  headers: ({ headers = [] }) => headers,
  // MSTORE-ERROR-01
  fallback: ({ kind }) =>
    kind === 'malformed' || kind === 'bad-cursor' ? { kind: 'network-error' } : { kind: 'none' },
  // MSTORE-ERROR-07: the gateway gives up after a while, and then says so
  delayMs: (outcome, { status, gatewayTimeoutMs }) =>
    statusOf(outcome, status) === GATEWAY_TIMEOUT ? gatewayTimeoutMs : 0,
  transform: (reply) => reply,
}

/** An answer, and how long it is held back, in ms. */
export interface TimedAnswer {
  readonly answer: WireAnswer
  readonly delayMs: number
}

/** The answer to a request that came to an outcome, under the rulebook. */
export function answer(
  outcome: MStoreOutcome,
  request: MStoreRequest,
  rulebook: MStoreRulebook,
): TimedAnswer {
  const { status, wire } = rulebook
  const content = outcome.content.kind === 'none' ? wire.fallback(outcome) : outcome.content
  const { headers, body } = written(content, wire)
  const reply: Reply = {
    kind: 'reply',
    status: statusOf(outcome, status),
    headers: [...headers, ...wire.headers(outcome)],
    body,
  }
  return { answer: wire.transform(reply, outcome, request), delayMs: wire.delayMs(outcome, rulebook) }
}

function statusOf({ operation, kind }: MStoreOutcome, status: MStoreRulebook['status']): number {
  const statuses: Readonly<Partial<Record<MStoreOutcome['kind'], number>>> = status[operation]
  const number = statuses[kind]
  if (number === undefined) throw new Error(`outcome ${kind} of ${operation}: expected a status, got none`)
  return number
}

function written(content: MStoreContent, wire: MStoreWireRules): Pick<Reply, 'headers' | 'body'> {
  switch (content.kind) {
    case 'none':
      return { headers: [], body: new Uint8Array() }
    case 'network-error':
      return written({ kind: 'json', value: wire.networkError }, wire)
    case 'json':
      return { headers: [['Content-Type', wire.jsonType]], body: utf8(wire.jsonText(content.value)) }
    case 'text':
      return { headers: [['Content-Type', content.type], ...content.headers], body: utf8(content.text) }
    case 'bytes':
      return { headers: [['Content-Type', content.type], ...content.headers], body: content.bytes }
    default:
      return content satisfies never
  }
}
