import { describe, expect, it } from 'vitest'
import { openFrame } from '#protocol/relay/frame.ts'
import { signalingKey } from '#protocol/relay/signaling-key.ts'
import { decodeSignal } from '#protocol/relay/signals.ts'
import {
  ALICE,
  authorizationOf,
  BOB,
  CAROL,
  jsonBody,
  message,
  UNREGISTERED,
  signalingKeyOf,
  textBody,
  Trial,
} from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'

const second = (over = {}) => message({ destinationDeviceId: 2, destinationRegistrationId: 7, ...over })

function delivered(trial: Trial, number = BOB): readonly string[] {
  return trial.store.pushes.to(number).map(({ notification, device }) => {
    const key = signalingKeyOf(number).map((byte) => (device === 2 ? byte ^ 0xff : byte))
    const frame = openFrame(Buffer.from(notification, 'base64'), signalingKey(key), ['sha1'])
    const signal = decodeSignal('plaintext' in frame ? frame.plaintext : new Uint8Array())
    return Buffer.from(('signal' in signal && signal.signal.message) || []).toString('base64')
  })
}

describe('a set of messages', () => {
  it('is accepted when it matches the devices, and each device gets its own body once', () => {
    const trial = new Trial().register(ALICE, BOB).addDevice(BOB, 7)
    const outcome = trial.submit(BOB, [message({ body: 'Zm9v' }), second({ body: 'YmFy' })])
    expect(outcome).toMatchObject({ kind: 'accepted', content: { kind: 'none' } })
    expect(delivered(trial)).toEqual(['Zm9v', 'YmFy'])
    expect(trial.addressees(BOB)).toEqual([`gcm:gcm ${BOB}`, `gcm:gcm 2 ${BOB}`])
  })

  it.each([
    ['a device left out', [message()], { missingDevices: [2], extraDevices: [] }],
    [
      'a device too many',
      [message(), second(), message({ destinationDeviceId: 3 })],
      { missingDevices: [], extraDevices: [3] },
    ],
    ['both', [message(), message({ destinationDeviceId: 3 })], { missingDevices: [2], extraDevices: [3] }],
    ['nothing in it', [], { missingDevices: [1, 2], extraDevices: [] }],
    [
      'a stale device besides',
      [message({ destinationRegistrationId: 1 })],
      { missingDevices: [2], extraDevices: [] },
    ],
  ])('with %s is a mismatch, and delivers nothing', (_case, messages, value) => {
    const trial = new Trial().register(ALICE, BOB).addDevice(BOB, 7)
    expect(trial.submit(BOB, messages)).toMatchObject({
      kind: 'mismatched-devices',
      content: { kind: 'json', value },
    })
    expect(trial.addressees(BOB)).toEqual([])
  })

  it('with a stale device names exactly those, and delivers nothing', () => {
    const trial = new Trial().register(ALICE, BOB).addDevice(BOB, 7)
    expect(trial.submit(BOB, [message(), second({ destinationRegistrationId: 8 })])).toMatchObject({
      kind: 'stale-devices',
      content: { kind: 'json', value: { staleDevices: [2] } },
    })
    expect(trial.addressees(BOB)).toEqual([])
  })

  it('may leave registrationId, device and relay out', () => {
    const trial = new Trial().register(ALICE, BOB)
    const bare = message({ destinationRegistrationId: undefined, destinationDeviceId: undefined })
    expect(trial.submit(BOB, [bare]).kind).toBe('accepted')
    expect(trial.submit(BOB, [message({ destinationRegistrationId: 0 })]).kind).toBe('accepted')
    const body = jsonBody({ relay: null, messages: [message()] })
    expect(trial.submit(BOB, [], { body }).kind).toBe('accepted')
    expect(trial.addressees(BOB)).toHaveLength(3)
  })

  it('is stale after the recipient registered again', () => {
    const trial = new Trial().register(ALICE, BOB)
    trial.requestCode(BOB)
    const attributes = { signalingKey: Buffer.alloc(52).toString('base64'), registrationId: 500 }
    trial.confirm(BOB, { body: jsonBody(attributes) })
    trial.setPushId(BOB, 'gcm:new')
    expect(trial.submit(BOB, [message()]).content).toEqual({ kind: 'json', value: { staleDevices: [1] } })
    expect(trial.submit(BOB, [message({ destinationRegistrationId: 500 })]).kind).toBe('accepted')
  })

  it.each([
    ['an unknown number', UNREGISTERED, 'unknown-destination'],
    ['a number that is confirmed and no more', CAROL, 'unreachable-destination'],
  ])('for %s is refused', (_case, destination, kind) => {
    const trial = new Trial().register(ALICE, BOB)
    trial.requestCode(CAROL)
    trial.confirm(CAROL)
    expect(trial.submit(destination, [message()]).kind).toBe(kind)
  })

  it('counts only the devices that can be reached', () => {
    const trial = new Trial().register(ALICE, BOB).addDevice(BOB, 7)
    trial.removePushId(BOB, 'gcm', authorizationOf(`${BOB}.2`, 'second'))
    expect(trial.submit(BOB, [message(), second()]).content).toEqual({
      kind: 'json',
      value: { missingDevices: [], extraDevices: [2] },
    })
    expect(trial.submit(BOB, [message()]).kind).toBe('accepted')
  })

  it('for a relay that is no peer is refused, and not delivered here', () => {
    const trial = new Trial().register(ALICE, BOB)
    const body = jsonBody({ relay: 'no-such-node', messages: [message()] })
    expect(trial.submit(BOB, [], { body }).kind).toBe('unknown-relay')
    expect(trial.addressees(BOB)).toEqual([])
  })

  it.each([
    ['no header', { authorization: undefined }, 'no-credentials'],
    ['a wrong password', { authorization: authorizationOf(ALICE, 'x') }, 'wrong-password'],
    [
      'a wrong password and bad JSON',
      { authorization: authorizationOf(ALICE, 'x'), body: textBody('{') },
      'wrong-password',
    ],
    ['bad JSON', { body: textBody('{"messages":[') }, 'malformed-body'],
    ['no messages', { body: jsonBody({}) }, 'incomplete-body'],
    ['null for messages', { body: jsonBody({ messages: null }) }, 'incomplete-body'],
    ['an object for messages', { body: jsonBody({ messages: {} }) }, 'mistyped-body'],
    ['null for a message', { body: jsonBody({ messages: [null] }) }, 'mistyped-body'],
    [
      'no body in a message',
      { body: jsonBody({ messages: [message({ body: undefined })] }) },
      'incomplete-body',
    ],
    [
      'an empty body in a message',
      { body: jsonBody({ messages: [message({ body: '' })] }) },
      'incomplete-body',
    ],
    [
      'a body that is no Base64',
      { body: jsonBody({ messages: [message({ body: '!!!!' })] }) },
      'undecodable-message',
    ],
    [
      'a body that is partly Base64',
      { body: jsonBody({ messages: [message({ body: 'Zm9v*mFy' })] }) },
      'undecodable-message',
    ],
    ['a type that is no number', { body: jsonBody({ messages: [message({ type: 'x' })] }) }, 'mistyped-body'],
    ['a negative timestamp', { body: jsonBody({ messages: [message({ timestamp: -1 })] }) }, 'mistyped-body'],
  ])('with %s is refused, not delivered, and costs nothing', (_case, over, kind) => {
    const trial = new Trial({ limits: { figures: { messages: { burst: 1, refillMs: 1000 } } } }).register(
      ALICE,
      BOB,
    )
    expect(trial.submit(BOB, [message()], over).kind).toBe(kind)
    expect(trial.submit(BOB, [message()]).kind).toBe('accepted')
    expect(trial.addressees(BOB)).toHaveLength(1)
  })

  it.each(['1400000000123', 1_400_000_000_123, '18446744073709551615'])(
    'takes %j as its timestamp',
    (timestamp) => {
      const trial = new Trial().register(ALICE, BOB)
      expect(trial.submit(BOB, [message({ timestamp })]).kind).toBe('accepted')
    },
  )

  it.each(['Zm9vYmFy', 'Zm9vYmFyeg', 'Zm9vYmFyego', 'Zm9vYmFyeg==', 'Zm9vYmFyego='])(
    'hands on the bytes of %s',
    (body) => {
      const trial = new Trial().register(ALICE, BOB)
      trial.submit(BOB, [message({ body })])
      expect(delivered(trial)).toEqual([Buffer.from(body, 'base64').toString('base64')])
    },
  )

  it('is limited by sender', () => {
    const trial = new Trial({ limits: { figures: { messages: { burst: 2, refillMs: 1000 } } } }).register(
      ALICE,
      BOB,
      CAROL,
    )
    const kinds = [1, 2, 3].map(() => trial.submit(BOB, [message()]).kind)
    expect(kinds).toEqual(['accepted', 'accepted', 'limited'])
    const authorization = authorizationOf(CAROL)
    expect(trial.submit(BOB, [message()], { authorization }).kind).toBe('accepted')
    trial.clock.advance(1000, ALICE)
    expect(trial.submit(BOB, [message()]).kind).toBe('accepted')
    expect(trial.addressees(BOB)).toHaveLength(4)
  })
})

describe('a set of messages at the deployed relay', () => {
  it('loses the last incomplete quartet of a body', () => {
    const trial = new Trial({ messages: { ...deployed.messages } }).register(ALICE, BOB)
    trial.submit(BOB, [message({ body: 'Zm9vYmFyego' })])
    trial.submit(BOB, [message({ body: 'H4sIAAAAAAAA/8tIzcnJV0ivAgC/ljJdCAAAAA==' })])
    trial.submit(BOB, [message({ body: 'Zm9v*mFy' })])
    expect(delivered(trial)).toEqual(['Zm9vYmFy', 'aGVsbG8gZ3o=', ''])
    expect(trial.submit(BOB, [message({ body: 'abc' })]).kind).toBe('crashed')
  })

  it('is refused when device 1 has an unusable key, and the device loses its push id', () => {
    const trial = new Trial(deployed)
    trial.register(ALICE, BOB)
    trial.requestCode(BOB)
    trial.confirm(BOB, {
      body: jsonBody({ signalingKey: Buffer.alloc(51).toString('base64'), registrationId: 101 }),
    })
    trial.setPushId(BOB, 'gcm:id')
    expect(trial.submit(BOB, [message()]).kind).toBe('unreachable-destination')
    expect(trial.store.accounts.get(BOB)?.devices.get(1)?.gcmId).toBeNull()
  })
})
