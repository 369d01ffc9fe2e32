import { NETWORK_ERROR_BODY } from '#protocol/mstore/network-error.ts'
import type { Content, Json, Reply, WireAnswer } from '#mocks/engine/reply.ts'
import { replyOf, statusOf, type JsonRules } from '#mocks/engine/wire.ts'
import type { MStoreContent } from './decisions.ts'
import type { MStoreOutcome, MStoreStatuses } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'

/** How outcomes are written as HTTP answers. */
export interface MStoreWireRules extends JsonRules {
  /** The one error of the mStore spec. */
  readonly networkError: Json
  /** Headers after those of the content. */
  readonly headers: (outcome: MStoreOutcome) => Reply['headers']
  /** The content of an outcome to which its operation gave none. */
  readonly fallback: (outcome: MStoreOutcome) => MStoreContent
  /** How long the answer is held back, in ms. */
  readonly delayMs: (outcome: MStoreOutcome, rules: DelayRules) => number
  /** The last word on what goes over the wire: bytes can be changed here that no rule knows of. */
  readonly transform: (reply: Reply, outcome: MStoreOutcome, request: MStoreRequest) => WireAnswer
}

/** What the delay of an answer follows from. */
interface DelayRules {
  readonly status: MStoreStatuses
  /** How long the gateway waits for a server that does not answer, in ms. */
  readonly gatewayTimeoutMs: number
}

const GATEWAY_TIMEOUT = 504

/** How the mStore spec writes answers (Servers). */
export const documentedWire: MStoreWireRules = {
  // The mStore spec is silent
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

/** An answer, and how long it is held back, in ms; not at all where nothing is said. */
export type TimedAnswer = WireAnswer & { readonly delayMs?: number }

/** The answer to a request that came to an outcome, under these rules. */
export function answer(
  outcome: MStoreOutcome,
  request: MStoreRequest,
  rules: DelayRules & { readonly wire: MStoreWireRules },
): TimedAnswer {
  const { status, wire } = rules
  const given = outcome.content.kind === 'none' ? wire.fallback(outcome) : outcome.content
  const content: Content = given.kind === 'network-error' ? { kind: 'json', value: wire.networkError } : given
  const reply = replyOf(content, { status: statusOf(outcome, status), headers: wire.headers(outcome) }, wire)
  const written = wire.transform(reply, outcome, request)
  const delayMs = wire.delayMs(outcome, rules)
  return delayMs === 0 ? written : { ...written, delayMs }
}
