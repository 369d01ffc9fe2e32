import type { Ask } from '../ask.ts'
import type { Violated } from '../protocol-model.ts'
import { withAccount, withDevice } from './changes.ts'
import { callerApplies, credentialMistakes, mayBeUnknown } from './credentials.ts'
import { handedOut, type Asking } from './hand-outs.ts'
import { isMissed, mayMiss, numberMistakes, subjectOf, type NumberRows } from './numbers.ts'
import { allowed, violated, type Leave, type RelayJudged, type RelayOperation } from './operation.ts'
import type { AskMistake } from './refusals.ts'
import type { RelaySeen, SeenKey } from './seen.ts'
import { SPOILT_CREDENTIALS } from './spoilt.ts'
import { standingOf } from './standing.ts'
import type { Device, RelayState } from './state.ts'
import {
  ALL_DEVICES,
  NO_DEVICES,
  chooseFetch,
  targetOf,
  targetApplies,
  targetMistakes,
  scopeOf,
} from './prekey-targets.ts'

const NAME = 'fetch prekeys'

const BASIC = 'RELAY-PREKEY-01'

const EVERY_DEVICE = 'RELAY-PREKEY-08'

const ONE_DEVICE = 'RELAY-PREKEY-09'

const NUMBERS: NumberRows = {
  unknown: 'RELAY-PREKEY-12',
  unregistered: 'RELAY-PREKEY-13',
  status: 404,
  unknownRelay: 'RELAY-PREKEY-19',
  elsewhere: 'RELAY-PREKEY-18',
}

const SITUATIONS = [
  'a device with keys left',
  'a device with its last key',
  'a device with its last resort key',
  'a device without keys',
  'all devices',
  'a device that is not there',
  'a number that is not registered',
] as const

/** Fetching a prekey of one device of a number, or of each. */
export const FETCH_PREKEYS: RelayOperation = {
  name: NAME,
  area: 'PREKEY',
  basic: BASIC,
  weight: ({ accounts }) =>
    Object.values(accounts).some(({ devices }) => devices.some(({ keys }) => keys !== null)) ? 16 : 3,
  choose: chooseFetch,
  applies: (state, ask) => callerApplies(state, ask) && targetApplies(state, ask),
  situation,
  situations: [...SITUATIONS, ...SPOILT_CREDENTIALS],
  mistakes: mistakesOf,
  leave: (state, ask, seen) => (mayLoseRace(state, ask, seen) ? 'any status' : leaveOf(state, ask)),
  granted,
}

function mistakesOf(state: RelayState, ask: Ask): readonly AskMistake[] {
  return [
    ...credentialMistakes(state, ask, { invalid: 'RELAY-PREKEY-11', otherDevice: 'RELAY-AUTH-10' }),
    ...numberMistakes(state, ask, { account: subjectOf(state, ask, 'of'), rows: NUMBERS }),
    ...targetMistakes(ask),
  ]
}

/** In the deployed dialect a request that meets another may fail, if nothing else is wrong with it (E-21). */
function mayLoseRace(state: RelayState, ask: Ask, { atOnce }: RelaySeen): boolean {
  return state.known.dialect === 'deployed' && atOnce !== undefined && mistakesOf(state, ask).length === 0
}

/** Whether a device must have an entry: it is there, counts as registered, and its keys are. */
function mustAnswer({ isSure, counts, keys }: Device): boolean {
  return isSure && counts === 'yes' && keys?.isSure === true
}

function leaveOf(state: RelayState, ask: Ask): Leave {
  const account = subjectOf(state, ask, 'of')
  const target = targetOf(ask)
  const isOpen = mayMiss(state, ask, account) || mayBeUnknown(state, ask) || NO_DEVICES.includes(target)
  if (isOpen) return 'refusal'
  if (numberMistakes(state, ask, { account, rows: NUMBERS }).length > 0) return 'none'
  const scope = scopeOf(account, target)
  return scope.length > 0 && scope.every(mustAnswer) ? 'none' : 'refusal'
}

function granted(state: RelayState, ask: Ask, { keys, atOnce }: RelaySeen): RelayJudged {
  const thing = `answer to "${NAME}"`
  if (keys === undefined)
    return violated(BASIC, { thing, expected: 'an object with an array "keys"', got: 'something else' })
  const account = subjectOf(state, ask, 'of')
  const scope = scopeOf(account, targetOf(ask))
  const isStar = targetOf(ask) === ALL_DEVICES
  const misfit = misfitOf(scope, keys, isStar)
  if (misfit !== null && standingOf(account) !== 'unknown') return misfit
  const asking: Asking = {
    caller: ask.party,
    owner: account.name,
    way: isStar ? '*' : 'device',
    atOnce: atOnce ?? null,
  }
  return applied(state, { scope, keys, asking })
}

/** Entries of devices that were not asked for, or that are missing. */
function misfitOf(scope: readonly Device[], keys: readonly SeenKey[], isStar: boolean): Violated | null {
  const requirement = isStar ? EVERY_DEVICE : ONE_DEVICE
  const thing = 'devices of the entries'
  const got = keys.map(({ device }) => device)
  const known = scope.map(({ id }) => id)
  const odd = got.find((id, index) => !known.includes(id) || got.indexOf(id) !== index)
  if (odd !== undefined)
    return violated(requirement, { thing, expected: `each once of ${known.join(', ')}`, got: got.join(', ') })
  const missing = scope.filter((device) => mustAnswer(device) && !got.includes(device.id))
  return missing.length === 0
    ? null
    : violated(isStar ? EVERY_DEVICE : BASIC, {
        thing,
        expected: missing.map(({ id }) => id).join(', '),
        got: got.join(', '),
      })
}

interface Answered {
  readonly scope: readonly Device[]
  readonly keys: readonly SeenKey[]
  readonly asking: Asking
}

function applied(state: RelayState, { scope, keys, asking }: Answered): RelayJudged {
  let next = state
  for (const entry of keys) {
    const device = scope.find(({ id }) => id === entry.device)
    if (device === undefined)
      return violated(ONE_DEVICE, {
        thing: 'device of an entry',
        expected: 'none',
        got: String(entry.device),
      })
    const { once, known } = state
    const out = handedOut(device, entry, { asking, once, dialect: known.dialect })
    if (out.kind === 'violated') return out
    const after = withAccount(next, asking.owner, (account) =>
      withDevice(account, device.name, (each) => ({ ...each, keys: out.keys })),
    )
    next = { ...after, once: [...new Set([...after.once, ...out.once])].toSorted() }
  }
  return allowed(asking.way === '*' ? wasting(next, { scope, keys, asking }) : next, BASIC)
}

/** A request for all devices may use up a key of one that it leaves out. */
function wasting(state: RelayState, { scope, keys, asking }: Answered): RelayState {
  const left = scope.filter(({ id }) => !keys.some(({ device }) => device === id)).map(({ name }) => name)
  return left.reduce(
    (next, name) =>
      withAccount(next, asking.owner, (account) =>
        withDevice(account, name, (device) =>
          device.keys === null
            ? device
            : { ...device, keys: { ...device.keys, wasted: device.keys.wasted + 1 } },
        ),
      ),
    state,
  )
}

function situation(state: RelayState, ask: Ask): (typeof SITUATIONS)[number] {
  const account = subjectOf(state, ask, 'of')
  const target = targetOf(ask)
  if (isMissed(state, ask, account)) return 'a number that is not registered'
  if (target === ALL_DEVICES) return 'all devices'
  const [device] = scopeOf(account, target)
  return device === undefined ? 'a device that is not there' : keysOf(device)
}

function keysOf({ keys }: Device): (typeof SITUATIONS)[number] {
  if (keys === null) return 'a device without keys'
  const { length } = keys.current.fresh
  if (length > 1) return 'a device with keys left'
  return length === 1 ? 'a device with its last key' : 'a device with its last resort key'
}
