import { parseAuthorization } from '#protocol/relay/credentials.ts'
import { decided } from '#mocks/engine/decision.ts'
import type { Content } from '#mocks/engine/reply.ts'
import type { RelayOperation, RelayOutcome } from './outcomes.ts'
import type { RelayScene } from './scene.ts'
import type { PeerAnswer, PeerRequest } from './peer-requests.ts'
import type { RelayDecision } from './decisions.ts'
import type { Sender } from './entities.ts'

/** What the rules of federation may read. */
export type FederationScene = RelayScene<{ readonly federation: FederationRules }>

/** A node that asks on behalf of one of its clients; `sender` where it hands over messages. */
export interface Peer {
  readonly kind: 'peer'
  readonly name: string
  readonly sender: Sender | null
}

/** Where a request is to be answered. */
export type PeerRoute =
  | { readonly kind: 'here' }
  | { readonly kind: 'peer'; readonly name: string }
  | { readonly kind: 'unknown-relay' }

/** How nodes work together. */
export interface FederationRules {
  /** Where a request leads by the name a client gave, null where it gave none, and by the number it is about. */
  readonly route: (relay: string | null, scene: FederationScene, number: string) => PeerRoute
  /** The last word on what is asked of a peer. */
  readonly request: (request: PeerRequest) => PeerRequest
  /** The content of a peer's answer as the client gets it. */
  readonly passedOn: (answer: Content, status: number) => Content
  /** The name of the peer that a request comes from; undefined where it comes from any other client. */
  readonly peerOf: (authorization: string | undefined, scene: FederationScene) => string | undefined
  /** How much later than the request that changed a listing it is announced, in real ms; 0 is before it is answered. */
  readonly announceAfterMs: number
  /** How long a peer may take to answer, in ms. */
  readonly timeoutMs: number
}

/** What a relay announces to its peers, and asks of them (the `relay` of Getting a contact intersection). */
export const documentedFederation: FederationRules = {
  // RELAY-PREKEY-18 to RELAY-PREKEY-20, RELAY-MESSAGE-30 to RELAY-MESSAGE-32, E-58: an empty name is none
  route: (relay, { state }) => {
    if (relay === null || relay === '') return { kind: 'here' }
    return state.peers.has(relay) ? { kind: 'peer', name: relay } : { kind: 'unknown-relay' }
  },
  request: (request) => request,
  // RELAY-MESSAGE-31
  passedOn: (content) => content,
  // 5.10: Basic, of the peer's own name and the token they share
  peerOf: (authorization, { state }) => {
    const credentials = parseAuthorization(authorization)
    if (credentials.kind !== 'credentials') return undefined
    const { username, password } = credentials
    return state.peers.get(username)?.token === password ? username : undefined
  },
  announceAfterMs: 0,
  timeoutMs: 2000,
}

/** The step of an operation that is answered here, at a peer, or nowhere. */
export function followRoute(relay: string | null, scene: FederationScene, number: string) {
  const { kind } = scene.rulebook.federation.route(relay, scene, number)
  switch (kind) {
    case 'here':
      return { kind: 'passed' } as const
    case 'peer':
      // What comes of it where no answer of the peer arrives.
      return { kind: 'refused', as: 'unreachable-peer' } as const
    case 'unknown-relay':
      return { kind: 'refused', as: kind, notes: ['relay: expected the name of a peer or none'] } as const
    default:
      return kind satisfies never
  }
}

/** The peer that a request leads to; undefined where it does not lead to one. */
export function peerNamed(relay: string | null, scene: FederationScene, number: string): string | undefined {
  const route = scene.rulebook.federation.route(relay, scene, number)
  return route.kind === 'peer' ? route.name : undefined
}

/** What a peer's answer means to the client: success is ours to word, a refusal is passed on as it came. */
export function decidePeerAnswer(
  request: PeerRequest,
  answer: PeerAnswer,
  scene: FederationScene,
): RelayDecision {
  const { kind: operation, peer } = request
  if (answer.kind === 'unreachable') {
    return decided(operation, 'unreachable-peer', { notes: [`${peer}: ${answer.reason}`] })
  }
  const { status } = answer
  const content = scene.rulebook.federation.passedOn(contentOf(answer), status)
  const notes = [`${peer}: answered ${status}`]
  if (status >= 200 && status < 300) return { outcome: accepted(operation, content), changes: [], notes }
  return {
    outcome: { operation, kind: 'refused-by-peer', content, peerStatus: status },
    changes: [],
    notes,
  }
}

function accepted(operation: PeerRequest['kind'], content: Content): RelayOutcome {
  switch (operation) {
    case 'fetch-prekeys':
      return { operation, kind: 'handed-out', content }
    case 'submit-messages':
      return { operation, kind: 'accepted', content }
    default:
      return operation satisfies never
  }
}

function contentOf({ contentType, body }: Extract<PeerAnswer, { kind: 'answered' }>): Content {
  return body.length === 0
    ? { kind: 'none' }
    : { kind: 'bytes', bytes: body, type: contentType ?? 'application/octet-stream' }
}

/** The answer to a client that is no peer: there is nothing here (5.15). */
export function notFederated<const Operation extends RelayOperation>(operation: Operation) {
  return decided(operation, 'not-found', { notes: ['expected the credentials of a peer'] })
}
