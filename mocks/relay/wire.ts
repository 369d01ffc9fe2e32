import type { Content, Json, Reply, WireAnswer } from '#mocks/engine/reply.ts'
import type { RelayEvent } from './events.ts'
import type { Outcome } from './outcomes.ts'
import type { Rulebook } from './rulebook.ts'

/** How outcomes are written as HTTP answers. */
export interface WireRules {
  readonly jsonType: string
  readonly jsonText: (value: Json) => string
  /** Headers besides Content-Type and Content-Length. */
  readonly headers: (outcome: Outcome) => Reply['headers']
  /** The content of an outcome to which the operation gave none. */
  readonly fallback: (outcome: Outcome) => Content
  /** The last word on what goes over the wire: bytes can be changed here that no rule knows of. */
  readonly transform: (reply: Reply, outcome: Outcome, event: RelayEvent) => WireAnswer
}

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
export function isAboutCredentials({ kind }: Outcome): boolean {
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
export function answer(outcome: Outcome, event: RelayEvent, { status, wire }: Rulebook): WireAnswer {
  const content = outcome.content.kind === 'none' ? wire.fallback(outcome) : outcome.content
  const { type, body } = written(content, wire)
  const headers = wire.headers(outcome)
  return wire.transform(
    {
      kind: 'reply',
      status: statusOf(outcome, status),
      headers: type === null ? headers : [['Content-Type', type], ...headers],
      body,
    },
    outcome,
    event,
  )
}

function statusOf({ operation, kind, peerStatus }: Outcome, status: Rulebook['status']): number {
  if (peerStatus !== undefined) return peerStatus
  const statuses: Readonly<Partial<Record<Outcome['kind'], number>>> = status[operation]
  const number = statuses[kind]
  if (number === undefined) throw new Error(`outcome ${kind} of ${operation}: expected a status, got none`)
  return number
}

function written(content: Content, wire: WireRules): { type: string | null; body: Uint8Array } {
  switch (content.kind) {
    case 'none':
      return { type: null, body: new Uint8Array() }
    case 'json':
      return { type: wire.jsonType, body: Buffer.from(wire.jsonText(content.value)) }
    case 'text':
      return { type: content.type, body: Buffer.from(content.text) }
    case 'bytes':
      return { type: content.type, body: content.bytes }
    default:
      return content satisfies never
  }
}
