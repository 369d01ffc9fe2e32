import type { Json } from '#mocks/rules/reply.ts'
import { inOrder, takeSteps, type StepResult, type Steps } from '#mocks/rules/steps.ts'
import { authenticate, callersOnly, type Caller, type Stranger } from './authentication.ts'
import type { Change } from './changes.ts'
import type { FetchPrekeys } from './events.ts'
import { limit } from './limits.ts'
import type { Decision, OutcomeKinds } from './outcomes.ts'
import type { Prekeys, StoredPrekey } from './prekey-store.ts'
import { reachableDevices } from './reachability.ts'
import type { Scene } from './scene.ts'
import type { Account, Device } from './state.ts'

/** Which devices are asked for: one, or every one. */
export type Asked = number | 'all'

/** A request for the keys of an account that is there. */
export interface Asking {
  readonly asked: Asked
  readonly account: Account
  /** Who asks; null where it is nobody the relay knows. */
  readonly caller: Caller | null
  readonly scene: Scene
}

/** A key on its way to whoever asked. */
export interface Handing {
  readonly device: Device
  readonly prekey: StoredPrekey
}

/** How prekeys are handed out (page, Getting a recipient's PreKey). */
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
  readonly entry: (handing: Handing, asking: Asking) => Json
  readonly body: (entries: readonly Json[], asking: Asking) => Json
}

export type PrekeyStep =
  'authenticate' | 'limit' | 'relay' | 'number' | 'device-id' | 'device' | 'keys' | 'consume' | 'answer'

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
  // RELAY-PREKEY-02, E-20
  entry: ({ device, prekey: { keyId, publicKey, identityKey } }) => ({
    deviceId: device.id,
    keyId,
    publicKey,
    identityKey,
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
interface Request {
  readonly event: FetchPrekeys
  readonly number: string
  readonly caller: Caller | Stranger
  readonly asked: Asked | undefined
  readonly scene: Scene
}

type Kind = OutcomeKinds['fetch-prekeys']
type Result = StepResult<Kind, Change>

const steps: Steps<PrekeyStep, Request, Kind, Change> = {
  authenticate: ({ caller }) => callersOnly(caller),
  limit: ({ caller, number, event, scene }) =>
    caller.kind === 'caller'
      ? limit('prekeys', { number: caller.account.number, target: `${number} ${event.device}` }, scene)
      : callersOnly(caller),
  relay: ({ event }) =>
    event.relay === null
      ? { kind: 'passed' }
      : { kind: 'refused', as: 'unknown-relay', notes: ['relay: expected the name of a peer or none'] },
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
function judge({ number, asked, caller, scene }: Request, by: (asking: Asking) => Result): Result {
  const account = scene.state.accounts.get(number)
  if (account === undefined || asked === undefined) return { kind: 'passed' }
  return by({ asked, account, caller: caller.kind === 'caller' ? caller : null, scene })
}

function judgeDevice(asking: Asking): Result {
  const { asked, account, scene } = asking
  if (scene.rulebook.prekeys.devices(asking).length > 0) return { kind: 'passed' }
  const isThere = asked === 'all' || account.devices.has(asked)
  return { kind: 'refused', as: isThere ? 'unreachable-device' : 'no-such-device' }
}

function handings(asking: Asking, whose: 'devices' | 'charged'): readonly Handing[] {
  const { account, scene } = asking
  const rules = scene.rulebook.prekeys
  return rules[whose](asking).flatMap((device) => {
    const prekeys = scene.state.prekeys.get(rules.shelf(account.number, device.id))
    return prekeys === undefined ? [] : rules.choose(prekeys, asking).map((prekey) => ({ device, prekey }))
  })
}

function consume(asking: Asking): readonly Change[] {
  const { account, caller, scene } = asking
  const { shelf, isUsedUp } = scene.rulebook.prekeys
  const to = caller?.account.number ?? ''
  const at = scene.world.nowMs()
  return handings(asking, 'charged').map(({ device, prekey }) => ({
    kind: 'prekey-handed-out',
    shelf: shelf(account.number, device.id),
    handOut: { prekey, to, at },
    usedUp: isUsedUp(prekey, asking),
  }))
}

function answer(asking: Asking): Json {
  const { entry, body } = asking.scene.rulebook.prekeys
  return body(
    handings(asking, 'devices').map((handing) => entry(handing, asking)),
    asking,
  )
}

/** Decides a request for prekeys. */
export function decidePrekeys(event: FetchPrekeys, scene: Scene): Decision {
  const { prekeys, paths } = scene.rulebook
  const operation = 'fetch-prekeys'
  const request: Request = {
    event,
    number: paths.number(event.number, event.target),
    caller: authenticate(event.authorization, operation, scene),
    asked: prekeys.asked(event.device),
    scene,
  }
  const taken = takeSteps<Kind, Change>('handed-out', inOrder(prekeys.order, steps, request))
  const { kind, content, changes, notes } = taken
  return { outcome: { operation, kind, content }, changes, notes }
}
