import { decodeBase64, type DecodedBase64 } from '#protocol/base64.ts'
import type { Fault } from '#protocol/fault.ts'
import type { Json } from '#mocks/rules/reply.ts'
import { inOrder, takeSteps, type StepResult, type Steps } from '#mocks/rules/steps.ts'
import { authenticate, callersOnly, type Caller, type Stranger } from './authentication.ts'
import { readBody, refuseBody, type BadBody } from './bodies.ts'
import type { Change } from './changes.ts'
import {
  compareDevices,
  findStale,
  mismatchBody,
  staleBody,
  type Addressed,
  type Mismatch,
} from './device-sets.ts'
import type { SubmitMessages } from './events.ts'
import { deliver, judgeDevices, judgeRegistrations, type Judged } from './judged-messages.ts'
import { limit } from './limits.ts'
import type { Decision, OutcomeKinds } from './outcomes.ts'
import type { Delivery } from './pushes.ts'
import { reachableDevices } from './reachability.ts'
import type { Scene } from './scene.ts'
import {
  documentedMembers,
  readMessageSet,
  type MessageMembers,
  type MessageSet,
} from './submitted-messages.ts'

/** How messages are accepted, refused and handed on (page, Submitting a message). */
export interface MessageRules {
  readonly order: readonly MessageStep[]
  readonly members: MessageMembers
  readonly decodeBody: (text: string) => DecodedBase64 | Fault
  /** What the text of a message's body leads to. */
  readonly judgeBody: (text: string) => 'passed' | 'undecodable-message' | 'crashed'
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
  readonly changes: readonly Change[]
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
  // RELAY-AUTH-07, E-58, R3: 409 before 410; nothing is handed on before all is judged (RELAY-MESSAGE-11, -14, -37)
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
  // RELAY-MESSAGE-20, RELAY-MESSAGE-21, R4: padded or not
  decodeBody: decodeBase64,
  // RELAY-MESSAGE-22
  judgeBody: (text) => (decodeBase64(text).kind === 'fault' ? 'undecodable-message' : 'passed'),
  compareDevices,
  mismatchBody,
  findStale,
  staleBody,
  // RELAY-MESSAGE-27, RELAY-MESSAGE-36, RELAY-MESSAGE-38: each message of the set, once
  deliveries: (deliveries) => deliveries,
  unusableKey: () => ({ changes: [], refused: true }),
}

/** What a submission is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface Submission {
  readonly destination: string
  readonly caller: Caller | Stranger
  readonly read: MessageSet | BadBody
  readonly scene: Scene
}

type Kind = OutcomeKinds['submit-messages'] | 'crashed'
type Result = StepResult<Kind, Change>

const steps: Steps<MessageStep, Submission, Kind, Change> = {
  authenticate: ({ caller }) => callersOnly(caller),
  body: ({ read }) => (read.kind === 'messages' ? { kind: 'passed' } : refuseBody(read)),
  content: ({ read, scene }) => (read.kind === 'messages' ? judgeContents(read, scene) : refuseBody(read)),
  limit: ({ caller, destination, scene }) =>
    caller.kind === 'caller'
      ? limit('messages', { number: caller.account.number, target: destination }, scene)
      : callersOnly(caller),
  relay: ({ read }) =>
    read.kind === 'messages' && read.relay !== null
      ? { kind: 'refused', as: 'unknown-relay', notes: ['relay: expected the name of a peer or none'] }
      : { kind: 'passed' },
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

function judgeContents({ messages }: MessageSet, { rulebook }: Scene): Result {
  for (const { body } of messages) {
    const as = rulebook.messages.judgeBody(body)
    if (as !== 'passed')
      return { kind: 'refused', as, notes: ['body: expected messages in Base64, got other text'] }
  }
  return { kind: 'passed' }
}

/** Judges what can only be judged of a known caller, a set and a known destination; passes what has none. */
function judge({ caller, read, destination, scene }: Submission, by: (judged: Judged) => Result): Result {
  const recipient = scene.state.accounts.get(destination)
  if (caller.kind !== 'caller' || read.kind !== 'messages' || recipient === undefined)
    return { kind: 'passed' }
  const reachable = reachableDevices(recipient, scene.rulebook.reachability) ?? []
  const sender = { number: caller.account.number, deviceId: caller.device.id, relay: null }
  return by({ sender, senderDevice: caller.device, recipient, reachable, messages: read.messages, scene })
}

/** Decides the submission of messages. */
export function decideMessages(event: SubmitMessages, scene: Scene): Decision {
  const { messages, bodies, paths } = scene.rulebook
  const operation = 'submit-messages'
  const body = readBody(event.body, bodies, operation)
  const submission: Submission = {
    destination: paths.number(event.destination, event.target),
    caller: authenticate(event.authorization, operation, scene),
    read: body.kind === 'object' ? readMessageSet(body.members, messages.members, bodies) : body,
    scene,
  }
  const taken = takeSteps<Kind, Change>('accepted', inOrder(messages.order, steps, submission))
  const { kind, content: written, changes, notes } = taken
  return { outcome: { operation, kind, content: written }, changes, notes }
}
