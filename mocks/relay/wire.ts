import type { Content, Reply, WireAnswer } from '#mocks/engine/reply.ts'
import { replyOf, statusOf, type JsonRules } from '#mocks/engine/wire.ts'
import type { RelayOutcome, RelayStatuses } from './outcomes.ts'
import type { RelayEvent } from './operations.ts'

/** How outcomes are written as HTTP answers. */
export interface WireRules extends JsonRules {
  /** Headers besides Content-Type and Content-Length. */
  readonly headers: (outcome: RelayOutcome) => Reply['headers']
  /** The content of an outcome to which the operation gave none. */
  readonly fallback: (outcome: RelayOutcome) => Content
  /** The last word on what goes over the wire: bytes can be changed here that no rule knows of. */
  readonly transform: (reply: Reply, outcome: RelayOutcome, event: RelayEvent) => WireAnswer
}

/** How the relay spec writes answers. */
export const documentedWire: WireRules = {
  // RELAY-ENCODING-01, RELAY-ENCODING-02
  jsonType: 'application/json',
  jsonText: (value) => JSON.stringify(value),
  // RELAY-AUTH-11 (RFC 7235, section 3.1)
  headers: (outcome) =>
    isAboutCredentials(outcome) ? [['WWW-Authenticate', 'Basic realm="Touchstone relay"']] : [],
  // E-56, E-62
  fallback: () => ({ kind: 'none' }),
  transform: (reply) => reply,
}

/** Whether an outcome is that of a request whose credentials were refused. */
export function isAboutCredentials({ kind }: RelayOutcome): boolean {
  switch (kind) {
    case 'no-credentials':
    case 'malformed-credentials':
    case 'unknown-number':
    case 'unknown-device':
    case 'wrong-password':
      return true
    default:
      return false
  }
}

/** The answer to a request that came to an outcome, under the rulebook. */
export function answer(
  outcome: RelayOutcome,
  event: RelayEvent,
  { status, wire }: { readonly status: RelayStatuses; readonly wire: WireRules },
): WireAnswer {
  const content = outcome.content.kind === 'none' ? wire.fallback(outcome) : outcome.content
  const head = { status: outcome.peerStatus ?? statusOf(outcome, status), headers: wire.headers(outcome) }
  return wire.transform(replyOf(content, head, wire), outcome, event)
}
