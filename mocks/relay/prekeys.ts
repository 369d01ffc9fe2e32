import type { Json } from '#mocks/engine/reply.ts'
import { decidedBySteps } from '#mocks/engine/decision.ts'
import type { StepResult, Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import type { RelayChange } from './changes.ts'
import { followRoute, notFederated, peerNamed, type Peer, type FederationRules } from './federation.ts'
import { limit, type LimitRules } from './limits.ts'
import type { OutcomeOf, RelayOperation } from './outcomes.ts'
import type { Prekeys, StoredPrekey } from './prekey-queue.ts'
import { reachableDevices, type ReachabilityRules } from './reachability.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { Account, Device } from './entities.ts'
import type { RequestHead } from './requests.ts'
import type { PathRules } from './paths.ts'

/** The rules that decide a request for prekeys. */
export interface PrekeyRulebook {
  readonly prekeys: PrekeyRules
  readonly reachability: ReachabilityRules
  readonly paths: PathRules
  readonly federation: FederationRules
  readonly authentication: AuthenticationRules
  readonly limits: LimitRules
}

/** What the rules of handing out prekeys may read. */
export type PrekeyScene = RelayScene<PrekeyRulebook>

/** `device` is an id or a star; `relay` is the query parameter, null where there is none. */
export interface FetchPrekeys extends RequestHead {
  readonly kind: 'fetch-prekeys'
  readonly number: string
  readonly device: string
  readonly relay: string | null
}

/** A peer asks for prekeys on behalf of one of its clients. */
export interface PeerFetchPrekeys extends RequestHead {
  readonly kind: 'peer-fetch-prekeys'
  readonly number: string
  readonly device: string
}

/** Which devices are asked for: one, or every one. */
export type Asked = number | 'all'

/** A request for the keys of an account that is there. */
export interface Asking {
  readonly asked: Asked
  readonly account: Account
  /** The caller; null where the relay does not know it. */
  readonly caller: Caller | Peer | null
  readonly scene: PrekeyScene
}

/** A key on its way to the caller. */
export interface PrekeyHandOut {
  readonly device: Device
  readonly prekey: StoredPrekey
}

/** How prekeys are handed out (relay spec, Getting a recipient's PreKey). */
export interface PrekeyRules {
  readonly order: readonly PrekeyStep[]
  /** Where the keys of a device are kept, by name. */
  readonly shelf: (number: string, deviceId: number) => string
  /** The last part of the path; undefined where it is neither a device id nor a star. */
  readonly asked: (text: string) => Asked | undefined
  /** The devices whose keys are answered, in the order of the answer. */
  readonly devices: (asking: Asking) => readonly Device[]
  /** The devices that lose a key by it. */
  readonly charged: (asking: Asking) => readonly Device[]
  /** Which keys of a device are handed out. */
  readonly choose: (prekeys: Prekeys, asking: Asking) => readonly StoredPrekey[]
  readonly isUsedUp: (prekey: StoredPrekey, asking: Asking) => boolean
  readonly entry: (handing: PrekeyHandOut, asking: Asking) => Json
  readonly body: (entries: readonly Json[], asking: Asking) => Json
}

/** The checks of a request for prekeys, and their hand-out. */
export type PrekeyStep =
  'authenticate' | 'limit' | 'relay' | 'number' | 'device-id' | 'device' | 'keys' | 'consume' | 'answer'

/** How the relay spec hands out prekeys (Getting a recipient's PreKey). */
export const documentedPrekeys: PrekeyRules = {
  // RELAY-AUTH-07, RELAY-PREKEY-17: nothing is consumed before all is checked
  order: ['authenticate', 'limit', 'relay', 'number', 'device-id', 'device', 'keys', 'consume', 'answer'],
  // RELAY-KEYS-17; an upload outlives the registration it was made under (5.3)
  shelf: (number, deviceId) => `${number}.${deviceId}`,
  // RELAY-PREKEY-21, RELAY-ENCODING-15
  asked: (text) => {
    if (text === '*') return 'all'
    return /^\d{1,10}$/.test(text) ? Number(text) : undefined
  },
  devices: askedDevices,
  // RELAY-PREKEY-10
  charged: askedDevices,
  // RELAY-PREKEY-05, RELAY-PREKEY-07, E-21, E-25: the smallest id first, which leaves the last resort key for last
  choose: ({ smallest }) => (smallest === undefined ? [] : [smallest]),
  // RELAY-PREKEY-03, RELAY-PREKEY-06
  isUsedUp: ({ lastResort }) => !lastResort,
  // RELAY-PREKEY-02, RELAY-PREKEY-22, E-20, E-23: the clients of the field stop where there is no registrationId
  entry: ({ device, prekey: { keyId, publicKey, identityKey } }) => ({
    deviceId: device.id,
    keyId,
    publicKey,
    identityKey,
    registrationId: device.registrationId,
  }),
  // RELAY-PREKEY-01
  body: (entries) => ({ keys: entries }),
}

/** RELAY-PREKEY-08, RELAY-PREKEY-09, RELAY-PREKEY-23: those asked for that can be reached, by ascending id. */
export function askedDevices({ asked, account, scene }: Asking): readonly Device[] {
  const reachable = reachableDevices(account, scene.rulebook.reachability) ?? []
  return asked === 'all' ? reachable : reachable.filter(({ id }) => id === asked)
}

/** What a request is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface PrekeyRequest {
  readonly number: string
  /** The device as the path has it. */
  readonly device: string
  readonly relay: string | null
  readonly caller: Caller | Unauthenticated | Peer
  readonly asked: Asked | undefined
  readonly scene: PrekeyScene
}

type PrekeysKind = OutcomeOf<'peer-fetch-prekeys'>
type PrekeyResult = StepResult<PrekeysKind, RelayChange>

const steps: Steps<PrekeyStep, PrekeyRequest, PrekeysKind, RelayChange> = {
  authenticate: ({ caller }) => (caller.kind === 'peer' ? { kind: 'passed' } : callersOnly(caller)),
  // 5.10: what peers ask for is not limited
  limit: ({ caller, number, device, scene }) =>
    caller.kind === 'caller'
      ? limit('prekeys', { number: caller.account.number, target: `${number} ${device}` }, scene)
      : { kind: 'passed' },
  // A peer is the last stop.
  relay: ({ caller, relay, number, scene }) =>
    caller.kind === 'peer' ? { kind: 'passed' } : followRoute(relay, scene, number),
  number: ({ number, scene }) => {
    const account = scene.state.accounts.get(number)
    if (account === undefined) return { kind: 'refused', as: 'unknown-destination' }
    return reachableDevices(account, scene.rulebook.reachability) === null
      ? { kind: 'refused', as: 'unreachable-destination' }
      : { kind: 'passed' }
  },
  'device-id': ({ asked }) =>
    asked === undefined
      ? { kind: 'refused', as: 'bad-device-id', notes: ['device: expected an id or *'] }
      : { kind: 'passed' },
  device: (request) => judge(request, judgeDevice),
  keys: (request) =>
    judge(request, (asking) =>
      handings(asking, 'devices').length === 0 ? { kind: 'refused', as: 'no-keys' } : { kind: 'passed' },
    ),
  consume: (request) => judge(request, (asking) => ({ kind: 'passed', changes: consume(asking) })),
  answer: (request) =>
    judge(request, (asking) => ({ kind: 'passed', content: { kind: 'json', value: answer(asking) } })),
}

/** Judges what can only be judged of a known number and a device id; passes what has none. */
function judge(
  { number, asked, caller, scene }: PrekeyRequest,
  by: (asking: Asking) => PrekeyResult,
): PrekeyResult {
  const account = scene.state.accounts.get(number)
  if (account === undefined || asked === undefined) return { kind: 'passed' }
  const known = caller.kind === 'caller' || caller.kind === 'peer' ? caller : null
  return by({ asked, account, caller: known, scene })
}

function judgeDevice(asking: Asking): PrekeyResult {
  const { asked, account, scene } = asking
  if (scene.rulebook.prekeys.devices(asking).length > 0) return { kind: 'passed' }
  const isThere = asked === 'all' || account.devices.has(asked)
  return { kind: 'refused', as: isThere ? 'unreachable-device' : 'no-such-device' }
}

function handings(asking: Asking, whose: 'devices' | 'charged'): readonly PrekeyHandOut[] {
  const { account, scene } = asking
  const rules = scene.rulebook.prekeys
  return rules[whose](asking).flatMap((device) => {
    const prekeys = scene.state.prekeys.get(rules.shelf(account.number, device.id))
    return prekeys === undefined ? [] : rules.choose(prekeys, asking).map((prekey) => ({ device, prekey }))
  })
}

function consume(asking: Asking): readonly RelayChange[] {
  const { account, caller, scene } = asking
  const { shelf, isUsedUp } = scene.rulebook.prekeys
  const to = nameOf(caller)
  const at = scene.world.nowMs()
  return handings(asking, 'charged').map(({ device, prekey }) => ({
    kind: 'prekey-handed-out',
    shelf: shelf(account.number, device.id),
    handOut: { prekey, to, at },
    usedUp: isUsedUp(prekey, asking),
  }))
}

function nameOf(caller: Asking['caller']): string {
  if (caller === null) return ''
  return caller.kind === 'peer' ? caller.name : caller.account.number
}

function answer(asking: Asking): Json {
  const { entry, body } = asking.scene.rulebook.prekeys
  return body(
    handings(asking, 'devices').map((handing) => entry(handing, asking)),
    asking,
  )
}

/** Decides a request for prekeys, here or at the peer that it names. */
export function decidePrekeys(event: FetchPrekeys, scene: PrekeyScene): RelayDecision {
  const { prekeys, paths, federation } = scene.rulebook
  const operation = 'fetch-prekeys'
  const { device, relay } = event
  const number = paths.number(event.number, event.target)
  const caller = authenticate(event.authorization, operation, scene)
  const asked = prekeys.asked(device)
  const decision = judgeRequest(operation, { number, device, relay, caller, asked, scene })
  const peer = peerNamed(relay, scene, number)
  return decision.outcome.kind === 'unreachable-peer' && peer !== undefined
    ? { ...decision, forward: federation.request({ kind: operation, peer, number, device }) }
    : decision
}

/** Decides a peer's request for prekeys of a number of this node. */
export function decidePeerPrekeys(event: PeerFetchPrekeys, scene: PrekeyScene): RelayDecision {
  const { prekeys, federation } = scene.rulebook
  const operation = 'peer-fetch-prekeys'
  const name = federation.peerOf(event.authorization, scene)
  if (name === undefined) return notFederated(operation)
  const { number, device } = event
  const caller = { kind: 'peer', name, sender: null } as const
  const asked = prekeys.asked(device)
  return judgeRequest(operation, {
    number,
    device,
    relay: null,
    caller,
    asked,
    scene,
  })
}

function judgeRequest<const Operation extends RelayOperation>(operation: Operation, request: PrekeyRequest) {
  const { order } = request.scene.rulebook.prekeys
  return decidedBySteps(operation, 'handed-out', { order, steps, context: request })
}
