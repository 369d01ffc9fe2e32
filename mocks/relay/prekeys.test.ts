import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetchKeys, handedOut, jsonOf, key, LAST, putKeys, upload } from '../../tests/relay-keys.ts'
import {
  ALICE,
  authorizationOf,
  BOB,
  CAROL,
  UNREGISTERED,
  registrationIdOf,
  Trial,
} from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'
import type { RelayRulebookPatch } from './rulebook.ts'

const TO_BOB = { from: ALICE, to: BOB }
const UNLIMITED: RelayRulebookPatch = { limits: { figures: { prekeys: null } } }
const SECOND = authorizationOf(`${BOB}.2`, 'second')

/** Alice, Bob and Carol; Bob has keys 1 and 2 on device 1. */
function trialWithKeys(rules: RelayRulebookPatch = {}): Trial {
  const trial = new Trial(rules).register(ALICE, BOB, CAROL)
  putKeys(trial, BOB, upload([2, 1]))
  return trial
}

/** The same, and keys 3 and 4 on Bob's device 2. */
function trialWithTwoDevices(rules: RelayRulebookPatch = {}): Trial {
  const trial = trialWithKeys(rules).addDevice(BOB, 7)
  putKeys(trial, `${BOB}.2`, upload([3, 4], 2))
  return trial
}

describe('a request for prekeys', () => {
  it('hands each one-time key out once, then the last resort key again and again', () => {
    const trial = trialWithKeys(UNLIMITED)
    const keys = [1, 2, 3, 4].map(() => handedOut(fetchKeys(trial, TO_BOB))[0])
    expect(keys).toEqual(['1:1', '1:2', `1:${LAST}`, `1:${LAST}`])
  })

  it('answers the four members of the relay spec, and the registration id of the device', () => {
    expect(jsonOf(fetchKeys(trialWithKeys(), TO_BOB))).toEqual({
      keys: [{ deviceId: 1, ...key(1), registrationId: 101 }],
    })
  })

  it('takes an empty relay for none', () => {
    expect(handedOut(fetchKeys(trialWithKeys(), TO_BOB, { relay: '' }))).toEqual(['1:1'])
  })

  it('asks for one device, or with a star for each', () => {
    const trial = trialWithTwoDevices(UNLIMITED)
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '2' }))).toEqual(['2:3'])
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:1', '2:4'])
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:2', `2:${LAST}`])
  })

  it('leaves out devices that cannot be reached, and keeps their keys', () => {
    const trial = trialWithTwoDevices(UNLIMITED)
    trial.removePushId(BOB, 'gcm', SECOND)
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:1'])
    expect(fetchKeys(trial, TO_BOB, { device: '2' }).kind).toBe('unreachable-device')
    trial.setPushId(BOB, 'gcm:again', SECOND)
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '2' }))).toEqual(['2:3'])
  })

  it('leaves out devices without keys', () => {
    const trial = trialWithKeys().addDevice(BOB, 7)
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:1'])
    expect(fetchKeys(trial, TO_BOB, { device: '2' }).kind).toBe('no-keys')
  })

  it.each([
    ['no header', { authorization: undefined }, 'no-credentials'],
    ['a wrong password', { authorization: authorizationOf(ALICE, 'wrong') }, 'wrong-password'],
    ['an unknown number', { number: UNREGISTERED }, 'unknown-destination'],
    ['an unknown number and a star', { number: UNREGISTERED, device: '*' }, 'unknown-destination'],
    ['a device that is not there', { device: '9' }, 'no-such-device'],
    ['device 0', { device: '0' }, 'no-such-device'],
    ...['abc', '1x', '**', '-1', ''].map(
      (device) => [`device ${device}`, { device }, 'bad-device-id'] as const,
    ),
    ['an unknown relay', { relay: 'no-such-node' }, 'unknown-relay'],
  ] as const)('with %s is refused, and takes no key', (_case, over, kind) => {
    const trial = trialWithKeys()
    expect(fetchKeys(trial, TO_BOB, over).kind).toBe(kind)
    expect(handedOut(fetchKeys(trial, { from: CAROL, to: BOB }))).toEqual(['1:1'])
  })

  it('finds neither a number without a push id nor one without keys', () => {
    const trial = trialWithKeys()
    expect(fetchKeys(trial, { from: ALICE, to: CAROL }).kind).toBe('no-keys')
    expect(fetchKeys(trial, { from: ALICE, to: CAROL }, { device: '*' }).kind).toBe('no-keys')
    trial.removePushId(BOB, 'gcm')
    expect(fetchKeys(trial, TO_BOB).kind).toBe('unreachable-destination')
    trial.setPushId(BOB, 'apn:again')
    expect(handedOut(fetchKeys(trial, TO_BOB))).toEqual(['1:1'])
  })

  it('is limited by caller, number and device together, and takes no key over the limit', () => {
    const trial = trialWithKeys()
    putKeys(trial, BOB, upload([1, 2, 3, 4, 5, 6]))
    putKeys(trial, CAROL, upload([1], 3))
    expect([1, 2, 3, 4, 5].map(() => fetchKeys(trial, TO_BOB).kind)).toEqual([
      ...['handed-out', 'handed-out', 'handed-out'],
      ...['limited', 'limited'],
    ])
    expect(handedOut(fetchKeys(trial, { from: CAROL, to: BOB }))).toEqual(['1:4'])
    expect(handedOut(fetchKeys(trial, { from: ALICE, to: CAROL }))).toEqual(['1:1'])
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:5'])
    trial.clock.advance(600_000, ALICE)
    expect(handedOut(fetchKeys(trial, TO_BOB))).toEqual(['1:6'])
  })
})

/** Something that a client may do about Bob's keys. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('upload' as const),
    ids: fc.uniqueArray(fc.nat(20), { maxLength: 5 }),
    second: fc.boolean(),
    right: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('fetch' as const),
    from: fc.constantFrom(ALICE, CAROL, UNREGISTERED),
    device: fc.constantFrom('1', '2', '*', '9', 'x'),
    relay: fc.constantFrom(null, null, null, 'nowhere'),
  }),
  fc.record({ do: fc.constant('leave' as const), second: fc.boolean() }),
  fc.record({ do: fc.constant('return' as const), second: fc.boolean() }),
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** What a step handed out, and how many keys the relay lost by it; an upload is made under `identity`. */
function take(trial: Trial, one: Step, identity: number) {
  const nothing = { kind: 'nothing', keys: [], lost: 0 }
  const authorization = 'second' in one && one.second ? SECOND : authorizationOf(BOB)
  switch (one.do) {
    case 'upload':
      putKeys(trial, one.second ? `${BOB}.2` : BOB, one.right ? upload(one.ids, identity) : {})
      return nothing
    case 'leave':
      trial.removePushId(BOB, 'gcm', authorization)
      return nothing
    case 'return':
      trial.setPushId(BOB, 'gcm:back', authorization)
      return nothing
    case 'fetch': {
      const before = left(trial)
      const outcome = fetchKeys(trial, { from: one.from, to: BOB }, { device: one.device, relay: one.relay })
      const { keys = [] } = (jsonOf(outcome) ?? {}) as { readonly keys?: readonly ReturnType<typeof key>[] }
      return { kind: outcome.kind, keys, lost: before - left(trial) }
    }
    default:
      return one satisfies never
  }
}

function left({ store }: Trial): number {
  return [...store.prekeys.values()].reduce((sum, { size }) => sum + size, 0)
}

describe('whatever clients do with prekeys', () => {
  it('no one-time key is handed out twice, and what is refused takes none', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const trial = new Trial().register(ALICE, BOB, CAROL).addDevice(BOB, 7)
        const taken = steps.map((one, place) => take(trial, one, place + 1))
        const oneTime = (keys: readonly ReturnType<typeof key>[]) =>
          keys.filter(({ keyId }) => keyId !== LAST)
        const texts = taken.flatMap(({ keys }) => oneTime(keys).map(({ publicKey }) => publicKey))
        expect(new Set(texts).size).toBe(texts.length)
        for (const { kind, keys, lost } of taken) {
          expect(lost).toBe(oneTime(keys).length)
          expect(keys.length > 0).toBe(kind === 'handed-out')
        }
      }),
    )
  })
})

describe('prekeys as deployed relays hand them out', () => {
  it('report the registrationId and the last resort key, and leave out what is 0', () => {
    const trial = trialWithTwoDevices(deployed)
    putKeys(trial, BOB, upload([0]))
    const registrationId = registrationIdOf(BOB)
    const { publicKey, identityKey } = key(0)
    expect(jsonOf(fetchKeys(trial, TO_BOB))).toEqual({
      keys: [{ deviceId: 1, publicKey, identityKey, registrationId }],
    })
    expect(jsonOf(fetchKeys(trial, TO_BOB))).toEqual({
      keys: [{ deviceId: 1, ...key(LAST), registrationId, lastResort: true }],
    })
  })

  it('are taken from devices that cannot be reached, too', () => {
    const trial = trialWithTwoDevices(deployed)
    trial.removePushId(BOB, 'gcm', SECOND)
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:1'])
    trial.setPushId(BOB, 'gcm:again', SECOND)
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '2' }))).toEqual(['2:4'])
  })
})
