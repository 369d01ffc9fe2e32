import { decodeBase64, type DecodedBase64 } from '#protocol/base64.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { takeSteps, type StepResult, type Steps, type StepsTaken } from '#mocks/engine/steps.ts'
import { authenticate, callersOnly, type Caller, type Stranger } from './authentication.ts'
import { readBody, refuseBody, type BadBody, type BodyRules, type JsonMembers } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import {
  compareDevices,
  findStale,
  mismatchBody,
  staleBody,
  type Addressed,
  type Mismatch,
} from './device-sets.ts'
import type { PeerSubmitMessages, RawBody, SubmitMessages } from './events.ts'
import { followRoute, notFederated, peerNamed, type Peer } from './federation.ts'
import { deliver, judgeDevices, judgeRegistrations, type Judged } from './judged-messages.ts'
import { limit } from './limits.ts'
import type { RelayDecision, RelayOperation, OutcomeKinds } from './outcomes.ts'
import type { Delivery, Sender } from './pushes.ts'
import { reachableDevices } from './reachability.ts'
import type { Scene } from './scene.ts'
import {
  documentedMembers,
  readMessageSet,
  type MessageMembers,
  type MessageSet,
  type SubmittedMessage,
} from './submitted-messages.ts'

/** How messages are accepted, refused and handed on (page, Submitting a message). */
export interface MessageRules {
  readonly order: readonly MessageStep[]
  readonly members: MessageMembers
  readonly read: (members: JsonMembers, rules: MessageMembers, bodies: BodyRules) => MessageSet | BadBody
  readonly decodeBody: (text: string) => DecodedBase64 | ParseError
  /** What becomes of a set for what one of its messages says. */
  readonly judgeContent: (message: SubmittedMessage) => 'passed' | 'undecodable-message' | 'crashed'
  readonly compareDevices: (addressed: Addressed) => Mismatch
  readonly mismatchBody: (mismatch: Mismatch, addressed: Addressed) => Json | undefined
  readonly findStale: (addressed: Addressed) => readonly number[]
  readonly staleBody: (stale: readonly number[], addressed: Addressed) => Json | undefined
  /** What of an accepted set is handed on, in order. */
  readonly deliveries: (deliveries: readonly Delivery[], scene: Scene) => readonly Delivery[]
  /** What follows when a device's signaling key cannot be used. */
  readonly unusableKey: (delivery: Delivery) => UnusableKey
}

/** A push that could not be made: what it changes, and whether the sender is told. */
export interface UnusableKey {
  readonly changes: readonly RelayChange[]
  readonly refused: boolean
}

export type MessageStep =
  | 'authenticate'
  | 'body'
  | 'content'
  | 'limit'
  | 'relay'
  | 'destination'
  | 'devices'
  | 'registrations'
  | 'deliver'

export const documentedMessages: MessageRules = {
  // RELAY-AUTH-07, E-29, E-58: 409 before 410; nothing is handed on before all is judged (RELAY-MESSAGE-11, -14, -37)
  order: [
    'authenticate',
    'body',
    'content',
    'limit',
    'relay',
    'destination',
    'devices',
    'registrations',
    'deliver',
  ],
  members: documentedMembers,
  read: readMessageSet,
  // RELAY-MESSAGE-20, RELAY-MESSAGE-21, E-17: padded or not
  decodeBody: decodeBase64,
  // RELAY-MESSAGE-22, RELAY-MESSAGE-24: bodies that are no Base64 are refused, types are not looked at
  judgeContent: ({ body }) => (decodeBase64(body).kind === 'parse-error' ? 'undecodable-message' : 'passed'),
  compareDevices,
  mismatchBody,
  findStale,
  staleBody,
  // RELAY-MESSAGE-27, RELAY-MESSAGE-36, RELAY-MESSAGE-38: each message of the set, once
  deliveries: (deliveries) => deliveries,
  unusableKey: () => ({ changes: [], refused: true }),
}

/** What a submission is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface MessageSubmission {
  readonly destination: string
  readonly caller: Caller | Stranger | HandingOver
  readonly read: MessageSet | BadBody
  readonly scene: Scene
}

/** A peer that hands over messages. */
interface HandingOver extends Peer {
  readonly sender: Sender
}

type Kind = OutcomeKinds['submit-messages'] | 'crashed'
type Result = StepResult<Kind, RelayChange>

const steps: Steps<MessageStep, MessageSubmission, Kind, RelayChange> = {
  authenticate: ({ caller }) => (caller.kind === 'peer' ? { kind: 'passed' } : callersOnly(caller)),
  body: ({ read }) => (read.kind === 'messages' ? { kind: 'passed' } : refuseBody(read)),
  content: ({ read, scene }) => (read.kind === 'messages' ? judgeContents(read, scene) : refuseBody(read)),
  limit: ({ caller, destination, scene }) => {
    const sender = senderOf(caller)
    if (sender !== null) return limit('messages', { number: sender.number, target: destination }, scene)
    return { kind: 'passed' }
  },
  // A peer is the last stop.
  relay: ({ caller, read, scene }) =>
    caller.kind === 'peer' ? { kind: 'passed' } : followRoute(relayOf(read), scene),
  destination: ({ destination, scene }) => {
    const account = scene.state.accounts.get(destination)
    if (account === undefined) return { kind: 'refused', as: 'unknown-destination' }
    return reachableDevices(account, scene.rulebook.reachability) === null
      ? { kind: 'refused', as: 'unreachable-destination' }
      : { kind: 'passed' }
  },
  devices: (submission) => judge(submission, judgeDevices),
  registrations: (submission) => judge(submission, judgeRegistrations),
  deliver: (submission) => judge(submission, deliver),
}

function relayOf(read: MessageSubmission['read']): string | null {
  return read.kind === 'messages' ? read.relay : null
}

/** Who the messages come from, or say they come from; null where nobody is named. */
function senderOf(caller: MessageSubmission['caller']): Sender | null {
  if (caller.kind === 'peer') return caller.sender
  const named = caller.kind === 'caller' ? caller : caller.named
  return named === null ? null : { number: named.account.number, deviceId: named.device.id, relay: null }
}

function judgeContents({ messages }: MessageSet, { rulebook }: Scene): Result {
  for (const message of messages) {
    const as = rulebook.messages.judgeContent(message)
    if (as !== 'passed')
      return { kind: 'refused', as, notes: ['body: expected messages in Base64, got other text'] }
  }
  return { kind: 'passed' }
}

/** Judges what can only be judged of a known caller, a set and a known destination; passes what has none. */
function judge(
  { caller, read, destination, scene }: MessageSubmission,
  by: (judged: Judged) => Result,
): Result {
  const recipient = scene.state.accounts.get(destination)
  const sender = senderOf(caller)
  if (sender === null || read.kind !== 'messages' || recipient === undefined) return { kind: 'passed' }
  const reachable = reachableDevices(recipient, scene.rulebook.reachability) ?? []
  const senderDevice = caller.kind === 'caller' ? caller.device : null
  return by({ sender, senderDevice, recipient, reachable, messages: read.messages, scene })
}

/** Decides the submission of messages, for a number of this node or of the peer that they name. */
export function decideMessages(event: SubmitMessages, scene: Scene): RelayDecision {
  const operation = 'submit-messages'
  const { authorization, body } = event
  const destination = scene.rulebook.paths.number(event.destination, event.target)
  const caller = authenticate(authorization, operation, scene)
  const read = readMessages(body, operation, scene)
  const { kind, content, changes, notes } = judgeSubmission({ destination, caller, read, scene })
  const decided = { outcome: { operation, kind, content } as const, changes, notes }
  const peer = peerNamed(relayOf(read), scene)
  const sender = senderOf(caller)
  if (kind !== 'unreachable-peer' || peer === undefined || sender === null) return decided
  const forward = scene.rulebook.federation.request({ kind: operation, peer, sender, destination, body })
  return { ...decided, forward }
}

/** Decides the messages that a peer hands over for a number of this node (RELAY-PUSH-17). */
export function decidePeerMessages(event: PeerSubmitMessages, scene: Scene): RelayDecision {
  const operation = 'peer-submit-messages'
  const { authorization, source, sourceDevice, destination } = event
  const name = scene.rulebook.federation.peerOf(authorization, scene)
  if (name === undefined || !/^[1-9]\d{0,9}$/.test(sourceDevice)) return notFederated(operation)
  const sender = { number: source, deviceId: Number(sourceDevice), relay: name }
  const read = readMessages(event.body, operation, scene)
  const caller = { kind: 'peer', name, sender } as const
  const { kind, content, changes, notes } = judgeSubmission({ destination, caller, read, scene })
  return { outcome: { operation, kind, content }, changes, notes }
}

function readMessages(body: RawBody, operation: RelayOperation, { rulebook }: Scene): MessageSet | BadBody {
  const { messages, bodies } = rulebook
  const read = readBody(body, bodies, operation)
  return read.kind === 'object' ? messages.read(read.members, messages.members, bodies) : read
}

function judgeSubmission(submission: MessageSubmission): StepsTaken<Kind, RelayChange> {
  const { order } = submission.scene.rulebook.messages
  return takeSteps('accepted', { order, steps, context: submission })
}
