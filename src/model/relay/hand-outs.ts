import type { Dialect } from '#protocol/requirements.ts'
import type { Violated } from '../protocol-model.ts'
import { sorted } from './changes.ts'
import { violated } from './operation.ts'
import type { SeenKey } from './seen.ts'
import type { Device, DeviceKeys, GivenKey, KeySet } from './state.ts'

/** How a key was asked for. */
export interface Asking {
  readonly caller: string
  readonly owner: string
  /** `*`, or a device. */
  readonly way: 'device' | '*'
  /** The number of the step in which more was asked for at the same time; null where it was not. */
  readonly atOnce: number | null
}

/** What is known of how a relay hands keys out: the ways in which it has shown that it gives each once. */
interface Practice {
  readonly once: readonly string[]
  readonly dialect: Dialect
}

/** The keys of a device after one was handed out, and in which ways the relay has shown now that it gives each once. */
export interface HandedOut {
  readonly kind: 'handed out'
  readonly keys: DeviceKeys
  readonly once: readonly string[]
}

const LAST_RESORT = 'last resort'
/**
 * The one way from which something is concluded: of requests for all devices a relay may use up keys or not, and a caller
 * that asks again may get what it has got before.
 */
const CONCLUSIVE = 'device then device, other caller'
const THING = 'prekey handed out'

/**
 * What follows from one entry of an answer: the relay spec says nothing of how often a one-time key is handed out, so
 * that in the documented dialect it is a mistake to give it twice only at once, or where the relay has shown that it does not.
 */
export function handedOut(
  device: Device,
  entry: SeenKey,
  { asking, once, dialect }: Practice & { readonly asking: Asking },
): HandedOut | Violated {
  const { keys } = device
  const named = nameOf(entry.key, asking.owner)
  if (keys === null || named === null) return foreign(device, entry, asking)
  const misfit = misfitOf(entry, asking.owner)
  if (misfit !== null) return misfit
  if (named.set !== keys.current.name) return fromEarlier(keys, entry, { named, once })
  if (named.key === LAST_RESORT) return lastResort(keys, entry, once)
  return keys.current.fresh.includes(named.key)
    ? first(keys, named.key, { asking, once })
    : again(keys, named.key, { asking, once, dialect })
}

interface Named {
  readonly set: string
  readonly key: string
}

function nameOf(key: string, owner: string): Named | null {
  const [, party, set, name] = /^(\S+) (\d+), (?:key )?(.+)$/.exec(key) ?? []
  return party === owner && set !== undefined && name !== undefined ? { set, key: name } : null
}

function foreign({ keys, name }: Device, { key }: SeenKey, { owner }: Asking): Violated {
  const expected =
    keys === null ? `no key of device ${name} of ${owner}` : `a key that device ${name} of ${owner} stored`
  return violated(key.startsWith('unknown') ? 'RELAY-KEYS-07' : 'RELAY-KEYS-17', {
    thing: THING,
    expected,
    got: key,
  })
}

/**
 * The id is the one that was stored with the public key. So is the identity key, unless it came with a later upload: a
 * client has one, and a relay may keep the latest of an account.
 */
function misfitOf({ key, keyId, identityKey }: SeenKey, owner: string): Violated | null {
  if (keyId !== key)
    return violated('RELAY-KEYS-10', {
      thing: `keyId of "${key}"`,
      expected: 'the one stored with it',
      got: keyId,
    })
  return identityKey === key || isLater(nameOf(identityKey, owner), nameOf(key, owner))
    ? null
    : violated('RELAY-KEYS-09', {
        thing: `identityKey of "${key}"`,
        expected: 'the one stored with it',
        got: identityKey,
      })
}

function isLater(one: Named | null, other: Named | null): boolean {
  return one !== null && other !== null && Number(one.set) > Number(other.set)
}

function fromEarlier(
  keys: DeviceKeys,
  { key }: SeenKey,
  { named, once }: { readonly named: Named; readonly once: readonly string[] },
): HandedOut | Violated {
  const isStored = keys.earlier.some(({ name }) => name === named.set)
  if (!isStored)
    return violated('RELAY-KEYS-17', { thing: THING, expected: 'a key that the device stored', got: key })
  return named.key === LAST_RESORT && keys.isSure
    ? violated('RELAY-KEYS-11', {
        thing: THING,
        expected: 'the last resort key of the latest upload',
        got: key,
      })
    : { kind: 'handed out', keys, once }
}

function lastResort(keys: DeviceKeys, { key }: SeenKey, once: readonly string[]): HandedOut | Violated {
  const { fresh } = keys.current
  return fresh.length > keys.wasted && keys.isSure
    ? violated('RELAY-PREKEY-07', {
        thing: THING,
        expected: `a one-time key, of which ${fresh.length} are left`,
        got: key,
      })
    : { kind: 'handed out', keys, once }
}

interface HandingOut extends Practice {
  readonly asking: Asking
}

/** A key that was not handed out before: those that were are given once, in the ways in which they were asked for. */
function first(keys: DeviceKeys, key: string, { asking, once }: Omit<HandingOut, 'dialect'>): HandedOut {
  const shown = keys.current.given.map(({ to }) => wayOf(to, asking))
  const fresh = keys.current.fresh.filter((each) => each !== key)
  const given = sorted([...keys.current.given, { key, to: callerIn(asking), atOnce: asking.atOnce }])
  const current: KeySet = { ...keys.current, fresh, given }
  return { kind: 'handed out', keys: { ...keys, current }, once: [...new Set([...once, ...shown])] }
}

function again(keys: DeviceKeys, key: string, handing: HandingOut): HandedOut | Violated {
  const { asking, once } = handing
  const given = keys.current.given.find((each) => each.key === key)
  if (given === undefined)
    return violated('RELAY-KEYS-07', { thing: THING, expected: 'a key of the latest upload', got: key })
  const isStoredTwice = keys.earlier.some(({ name }) => name === keys.current.name)
  const isOpen = !keys.isSure || isStoredTwice || wayOf(given.to, asking) !== CONCLUSIVE
  const requirement = isOpen ? null : requirementOfAgain(keys, given, handing)
  return requirement === null
    ? { kind: 'handed out', keys, once }
    : violated(requirement, {
        thing: THING,
        expected: 'a key that was not handed out before',
        got: `${key} again`,
      })
}

/** What it violates that one caller gets the key that another has got; null where it is allowed. */
function requirementOfAgain(
  { current, wasted }: DeviceKeys,
  given: GivenKey,
  { asking, once, dialect }: HandingOut,
): string | null {
  const isAtOnce = given.atOnce !== null && given.atOnce === asking.atOnce
  if (once.includes(CONCLUSIVE) || (isAtOnce && current.fresh.length > wasted)) return 'RELAY-PREKEY-04'
  return dialect === 'deployed' ? 'RELAY-PREKEY-03' : null
}

function callerIn({ caller, way }: Asking): string {
  return `${caller} by ${way}`
}

/** The way in which a key was got before, by one that asks now or by another. */
function wayOf(to: string, { caller, way }: Asking): string {
  const [, by = '', before = ''] = /^(\S+) by (\S+)$/.exec(to) ?? []
  return `${before} then ${way}, ${by === caller ? 'same' : 'other'} caller`
}
