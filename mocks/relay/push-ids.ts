import { decidedBySteps } from '#mocks/engine/decision.ts'
import { type Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Named,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import {
  incomplete,
  mistyped,
  readBody,
  refuseBody,
  type BadBody,
  type BodyRules,
  type JsonMembers,
} from './bodies.ts'
import type { RelayChange } from './changes.ts'
import type { OutcomeOf } from './outcomes.ts'
import type { RelayScene } from './scene.ts'
import type { RawBody, RequestHead } from './requests.ts'
import type { RelayDecision } from './decisions.ts'
import type { Channel, Device } from './entities.ts'

/** The rules that decide a push id. */
export interface PushIdRulebook {
  readonly pushIds: PushIdRules
  readonly authentication: AuthenticationRules
  readonly bodies: BodyRules
}

/** What the rules of push ids may read. */
export type PushIdScene = RelayScene<PushIdRulebook>

/** A request that registers a push id, its body not yet read. */
export interface SetPushId extends RequestHead {
  readonly kind: 'set-push-id'
  readonly channel: Channel
  readonly body: RawBody
}

/** A request that removes the push id of a channel. */
export interface RemovePushId extends RequestHead {
  readonly kind: 'remove-push-id'
  readonly channel: Channel
  readonly body: RawBody
}

/** How push ids are registered and removed (relay spec, Registering an APN or GCM id). */
export interface PushIdRules {
  readonly setOrder: readonly SetStep[]
  readonly removeOrder: readonly RemoveStep[]
  /** The id in the body of a submission. */
  readonly read: (channel: Channel, members: JsonMembers, rules: BodyRules) => PushId | BadBody
  readonly set: (whose: Named, channel: Channel, id: string) => readonly RelayChange[]
  readonly remove: (whose: Named, channel: Channel) => readonly RelayChange[]
}

/** A push id as submitted. */
export interface PushId {
  readonly kind: 'push-id'
  readonly id: string
}

/** `forget` takes the id away; a relay that takes this step before it has judged the body loses it. */
export type SetStep = 'authenticate' | 'forget' | 'body' | 'act'
/**
 * `body` refuses a request that has one, `no-body` one that has none, `known` one that finds no id, `same` one whose body has
 * another id than the device.
 */
export type RemoveStep = 'authenticate' | 'body' | 'no-body' | 'known' | 'same' | 'act'

/** How the relay spec registers push ids (Registering an APN or GCM id). */
export const documentedPushIds: PushIdRules = {
  // RELAY-AUTH-07
  setOrder: ['authenticate', 'body', 'act'],
  // RELAY-PUSHID-17, RELAY-PUSHID-21: a DELETE may have a body, which is not read, and find nothing
  removeOrder: ['authenticate', 'act'],
  read: readPushId,
  // RELAY-PUSHID-15, RELAY-PUSHID-16, RELAY-PUSHID-19, E-39: one push id for each device, the last one set
  set: ({ account, device }, channel, id) => [
    stored(account.number, device, {
      gcmId: channel === 'gcm' ? id : null,
      apnId: channel === 'apn' ? id : null,
    }),
  ],
  // RELAY-PUSHID-12, RELAY-PUSHID-18, RELAY-PUSHID-21, E-38: that id alone
  remove: ({ account, device }, channel) => [
    stored(account.number, device, {
      gcmId: channel === 'gcm' ? null : device.gcmId,
      apnId: channel === 'apn' ? null : device.apnId,
    }),
  ],
}

const idOf = { gcm: 'gcmId', apn: 'apnId' } as const satisfies Record<Channel, keyof Device>
const memberOf = { gcm: 'gcmRegistrationId', apn: 'apnRegistrationId' } as const

type PushIds = Pick<Device, 'gcmId' | 'apnId'>

/** The device with these push ids in place of its own. */
function stored(number: string, device: Device, { gcmId, apnId }: PushIds): RelayChange {
  return { kind: 'device-stored', number, device: { ...device, gcmId, apnId } }
}

/** RELAY-PUSHID-07 */
function readPushId(channel: Channel, members: JsonMembers, rules: BodyRules): PushId | BadBody {
  const member = memberOf[channel]
  const value = members[member]
  if (rules.isMissing(value)) return incomplete(member)
  const id = rules.text(value)
  return id === undefined ? mistyped(member, 'text') : { kind: 'push-id', id }
}

/** What a request is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface PushIdRequest {
  readonly channel: Channel
  readonly caller: Caller | Unauthenticated
  readonly scene: PushIdScene
}

interface PushIdSubmission extends PushIdRequest {
  readonly read: PushId | BadBody
}

interface PushIdRemoval extends PushIdRequest {
  readonly body: RawBody
}

type SetKind = Exclude<OutcomeOf<'set-apn-id'>, 'not-found'>
type RemoveKind = OutcomeOf<'remove-apn-id'>

const setSteps: Steps<SetStep, PushIdSubmission, SetKind, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  forget: ({ caller, channel, scene }) =>
    caller.kind === 'caller'
      ? { kind: 'passed', changes: scene.rulebook.pushIds.remove(caller, channel) }
      : callersOnly(caller),
  body: ({ read }) => (read.kind === 'push-id' ? { kind: 'passed' } : refuseBody(read)),
  // Who comes here without having been authenticated acts under the name given.
  act: ({ caller, channel, read, scene }) => {
    const whose = caller.kind === 'caller' ? caller : caller.named
    if (whose === null) return { kind: 'passed' }
    if (read.kind !== 'push-id') return refuseBody(read)
    return { kind: 'passed', changes: scene.rulebook.pushIds.set(whose, channel, read.id) }
  },
}

const removeSteps: Steps<RemoveStep, PushIdRemoval, RemoveKind, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  body: ({ body }) =>
    body.bytes.length === 0 ? { kind: 'passed' } : { kind: 'refused', as: 'unwanted-body' },
  'no-body': ({ body }) =>
    body.bytes.length > 0 ? { kind: 'passed' } : { kind: 'refused', as: 'no-body-to-unregister' },
  known: ({ caller, channel }) =>
    caller.kind === 'caller' && caller.device[idOf[channel]] === null
      ? { kind: 'refused', as: 'no-push-id' }
      : { kind: 'passed' },
  same: ({ caller, channel, body, scene }) => {
    const read = readSubmission({ channel, body }, scene)
    return caller.kind === 'caller' && !(read.kind === 'push-id' && caller.device[idOf[channel]] === read.id)
      ? { kind: 'refused', as: 'no-push-id' }
      : { kind: 'passed' }
  },
  // Who comes here without having been authenticated acts under the name given.
  act: ({ caller, channel, scene }) => {
    const whose = caller.kind === 'caller' ? caller : caller.named
    if (whose === null) return { kind: 'passed' }
    return { kind: 'passed', changes: scene.rulebook.pushIds.remove(whose, channel) }
  },
}

/** The id in the body of a submission, or of a removal that is the same request. */
function readSubmission({ channel, body }: Pick<SetPushId, 'channel' | 'body'>, { rulebook }: PushIdScene) {
  const { pushIds, bodies } = rulebook
  const read = readBody(body, bodies, channel === 'apn' ? 'set-apn-id' : 'set-gcm-id')
  return read.kind === 'object' ? pushIds.read(channel, read.members, bodies) : read
}

/** Decides the submission of a push id. */
export function decideSetPushId(event: SetPushId, scene: PushIdScene): RelayDecision {
  const { pushIds } = scene.rulebook
  const { channel } = event
  const operation = channel === 'apn' ? 'set-apn-id' : 'set-gcm-id'
  const read = readSubmission(event, scene)
  const caller = authenticate(event.authorization, operation, scene)
  return decidedBySteps(operation, 'stored', {
    order: pushIds.setOrder,
    steps: setSteps,
    context: { channel, caller, read, scene },
  })
}

/** Decides the removal of a push id. */
export function decideRemovePushId(
  { channel, authorization, body }: RemovePushId,
  scene: PushIdScene,
): RelayDecision {
  const { pushIds } = scene.rulebook
  const operation = channel === 'apn' ? 'remove-apn-id' : 'remove-gcm-id'
  const caller = authenticate(authorization, operation, scene)
  return decidedBySteps(operation, 'removed', {
    order: pushIds.removeOrder,
    steps: removeSteps,
    context: { channel, caller, body, scene },
  })
}
