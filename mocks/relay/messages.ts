import { decodeBase64 } from '#protocol/base64.ts'
import { decidedBySteps } from '#mocks/engine/decision.ts'
import type { StepResult, Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import { readBody, refuseBody, type BadBody, type BodyRules, type JsonMembers } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import { compareDevices, mismatchBody } from './mismatched-devices.ts'
import { findStale, staleBody } from './stale-devices.ts'
import { followRoute, notFederated, peerNamed, type Peer, type FederationRules } from './federation.ts'
import {
  deliver,
  judgeDevices,
  judgeRegistrations,
  type DeliveryRules,
  type Judged,
} from './message-delivery.ts'
import { limit, type LimitRules } from './limits.ts'
import type { RelayOperation, OutcomeOf } from './outcomes.ts'
import type { PushRules } from './pushes.ts'
import { reachableDevices, type ReachabilityRules } from './reachability.ts'
import type { RelayScene } from './scene.ts'
import {
  documentedMembers,
  readMessageSet,
  type MessageMembers,
  type MessageSet,
  type SubmittedMessage,
} from './message-set.ts'
import type { RawBody, RequestHead } from './requests.ts'
import type { RelayDecision } from './decisions.ts'
import type { Sender } from './entities.ts'
import type { PathRules } from './paths.ts'

/** The rules that decide messages. */
export interface MessageRulebook {
  readonly messages: MessageRules
  readonly pushes: PushRules
  readonly reachability: ReachabilityRules
  readonly paths: PathRules
  readonly federation: FederationRules
  readonly authentication: AuthenticationRules
  readonly bodies: BodyRules
  readonly limits: LimitRules
}

/** What the rules of a submission may read. */
export type MessageScene = RelayScene<MessageRulebook>

/** A submission of messages, its body not yet read. */
export interface SubmitMessages extends RequestHead {
  readonly kind: 'submit-messages'
  readonly destination: string
  readonly body: RawBody
}

/** A peer hands over messages that one of its clients submitted. */
export interface PeerSubmitMessages extends RequestHead {
  readonly kind: 'peer-submit-messages'
  readonly source: string
  readonly sourceDevice: string
  readonly destination: string
  readonly body: RawBody
}

/** How messages are accepted, refused and handed on (relay spec, Submitting a message). */
export interface MessageRules extends DeliveryRules {
  readonly order: readonly MessageStep[]
  readonly members: MessageMembers
  readonly read: (members: JsonMembers, rules: MessageMembers, bodies: BodyRules) => MessageSet | BadBody
  /** What becomes of a set for what one of its messages says. */
  readonly judgeContent: (message: SubmittedMessage) => 'passed' | 'undecodable-message' | 'crashed'
}

/** The checks of a submission, and its delivery. */
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

/** How the relay spec takes messages (Submitting a message). */
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
  readonly caller: Caller | Unauthenticated | HandingOver
  readonly read: MessageSet | BadBody
  readonly scene: MessageScene
}

/** A peer that hands over messages. */
interface HandingOver extends Peer {
  readonly sender: Sender
}

type MessagesKind = OutcomeOf<'peer-submit-messages'>
type Result = StepResult<MessagesKind, RelayChange>

const steps: Steps<MessageStep, MessageSubmission, MessagesKind, RelayChange> = {
  authenticate: ({ caller }) => (caller.kind === 'peer' ? { kind: 'passed' } : callersOnly(caller)),
  body: ({ read }) => (read.kind === 'messages' ? { kind: 'passed' } : refuseBody(read)),
  content: ({ read, scene }) => (read.kind === 'messages' ? judgeContents(read, scene) : refuseBody(read)),
  limit: ({ caller, destination, scene }) => {
    const sender = senderOf(caller)
    if (sender !== null) return limit('messages', { number: sender.number, target: destination }, scene)
    return { kind: 'passed' }
  },
  // A peer is the last stop.
  relay: ({ caller, read, destination, scene }) =>
    caller.kind === 'peer' ? { kind: 'passed' } : followRoute(relayOf(read), scene, destination),
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

/** The sender of the messages, or the one that they name; null where they name none. */
function senderOf(caller: MessageSubmission['caller']): Sender | null {
  if (caller.kind === 'peer') return caller.sender
  const named = caller.kind === 'caller' ? caller : caller.named
  return named === null ? null : { number: named.account.number, deviceId: named.device.id, relay: null }
}

function judgeContents({ messages }: MessageSet, { rulebook }: MessageScene): Result {
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
export function decideMessages(event: SubmitMessages, scene: MessageScene): RelayDecision {
  const operation = 'submit-messages'
  const { authorization, body } = event
  const destination = scene.rulebook.paths.number(event.destination, event.target)
  const caller = authenticate(authorization, operation, scene)
  const read = readMessages(body, operation, scene)
  const decision = judgeSubmission(operation, { destination, caller, read, scene })
  const peer = peerNamed(relayOf(read), scene, destination)
  const sender = senderOf(caller)
  if (decision.outcome.kind !== 'unreachable-peer' || peer === undefined || sender === null) return decision
  const forward = scene.rulebook.federation.request({ kind: operation, peer, sender, destination, body })
  return { ...decision, forward }
}

/** Decides the messages that a peer hands over for a number of this node (RELAY-PUSH-17). */
export function decidePeerMessages(event: PeerSubmitMessages, scene: MessageScene): RelayDecision {
  const operation = 'peer-submit-messages'
  const { authorization, source, sourceDevice, destination } = event
  const name = scene.rulebook.federation.peerOf(authorization, scene)
  if (name === undefined || !/^[1-9]\d{0,9}$/.test(sourceDevice)) return notFederated(operation)
  const sender = { number: source, deviceId: Number(sourceDevice), relay: name }
  const read = readMessages(event.body, operation, scene)
  const caller = { kind: 'peer', name, sender } as const
  return judgeSubmission(operation, { destination, caller, read, scene })
}

function readMessages(
  body: RawBody,
  operation: RelayOperation,
  { rulebook }: MessageScene,
): MessageSet | BadBody {
  const { messages, bodies } = rulebook
  const read = readBody(body, bodies, operation)
  return read.kind === 'object' ? messages.read(read.members, messages.members, bodies) : read
}

function judgeSubmission<const Operation extends RelayOperation>(
  operation: Operation,
  submission: MessageSubmission,
) {
  const { order } = submission.scene.rulebook.messages
  return decidedBySteps(operation, 'accepted', { order, steps, context: submission })
}
