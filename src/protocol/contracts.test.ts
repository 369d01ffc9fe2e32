import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import vectors from '../../fixtures/vectors/relay.json' with { type: 'json' }
import type { RelayBody } from './contracts.ts'
import { RELAY_BODIES, checkBody } from './contracts.ts'
import { PACKAGE_ROOT } from './package-root.ts'

const signalingKey = vectors.signalingKey.text
const publicKey = vectors.publicKey.text
const key = { keyId: 0, publicKey, identityKey: publicKey }
const lastResortKey = { ...key, keyId: 16777215 }
const message = { type: 1, body: 'Zm9vYg', timestamp: '1400000000123' }

const fitting: Readonly<Record<RelayBody, readonly unknown[]>> = {
  confirmation: [
    { signalingKey, supportsSms: false, registrationId: 1 },
    { signalingKey: signalingKey.slice(0, 70), registrationId: '16383' },
    { signalingKey, supportsSms: true, registrationId: 16383, fetchesMessages: true },
  ],
  'apn-registration': [{ apnRegistrationId: 'x' }],
  'gcm-registration': [{ gcmRegistrationId: 'x', more: 1 }],
  'prekey-upload': [
    { lastResortKey, keys: [] },
    { lastResortKey, keys: [key, { ...key, keyId: 16777215 }] },
  ],
  'prekey-answer': [{ keys: [] }, { keys: [{ deviceId: 1, ...key, registrationId: 5, lastResort: true }] }],
  'directory-query': [{ contacts: [] }, { contacts: ['BQVVHxMt5zAFXA', '!!'] }],
  'directory-answer': [
    { contacts: [] },
    { contacts: [{ token: 'x' }, { token: 'y', relay: null, supportsSms: 'true' }] },
    { contacts: [{ token: 'x', relay: 'peer', supportsSms: true }] },
  ],
  'message-list': [
    { messages: [] },
    { relay: 'peer', messages: [{ ...message, destinationDeviceId: 1, destinationRegistrationId: 0 }] },
    { messages: [{ ...message, type: 99, timestamp: 1400000000123 }] },
  ],
  'mismatched-devices': [{ missingDevices: [], extraDevices: [3, '4'] }],
  'stale-devices': [{ staleDevices: [1, 2] }],
  'attachment-allocation': [
    { id: '4611686018427387905', location: 'http://x/y' },
    { id: 5, location: 'http://x/y' },
  ],
  'attachment-retrieval': [{ location: 'http://x/y' }],
}

const misfits: readonly (readonly [RelayBody, unknown, string])[] = [
  ['confirmation', { signalingKey: 'abc', registrationId: 1 }, '/signalingKey: expected text matching'],
  [
    'confirmation',
    { signalingKey, registrationId: 16384 },
    '/registrationId: expected at most 16383, got 16384',
  ],
  ['confirmation', { signalingKey, registrationId: '16384' }, '/registrationId: expected text matching'],
  [
    'confirmation',
    { signalingKey, supportsSms: 1, registrationId: 1 },
    '/supportsSms: expected boolean, got 1',
  ],
  ['confirmation', { registrationId: 1 }, 'body: expected member signalingKey, got none'],
  ['apn-registration', { gcmRegistrationId: 'x' }, 'body: expected member apnRegistrationId, got none'],
  [
    'gcm-registration',
    { gcmRegistrationId: '' },
    '/gcmRegistrationId: expected at least 1 characters, got ""',
  ],
  ['gcm-registration', { gcmRegistrationId: {} }, '/gcmRegistrationId: expected string, got {}'],
  ['prekey-upload', { lastResortKey: key, keys: [] }, '/lastResortKey/keyId: expected 16777215, got 0'],
  [
    'prekey-upload',
    { lastResortKey, keys: [{ ...key, keyId: 1.5 }] },
    '/keys/0/keyId: expected integer, got 1.5',
  ],
  [
    'prekey-upload',
    { lastResortKey, keys: [{ keyId: 1, publicKey }] },
    '/keys/0: expected member identityKey, got none',
  ],
  ['prekey-upload', { lastResortKey, keys: {} }, '/keys: expected array, got {}'],
  ['prekey-answer', { keys: [{ ...key, deviceId: '1' }] }, '/keys/0/deviceId: expected integer, got "1"'],
  ['prekey-answer', { devices: [] }, 'body: expected member keys, got none'],
  ['directory-query', { contacts: [null] }, '/contacts/0: expected string, got null'],
  ['directory-query', [], 'body: expected object, got []'],
  [
    'directory-answer',
    { contacts: [{ token: 'x', supportsSms: 1 }] },
    '/contacts/0/supportsSms: expected one of',
  ],
  ['message-list', { messages: null }, '/messages: expected array, got null'],
  [
    'message-list',
    { messages: [{ ...message, body: '' }] },
    '/messages/0/body: expected at least 1 characters',
  ],
  [
    'message-list',
    { messages: [{ ...message, timestamp: 'now' }] },
    '/messages/0/timestamp: expected text matching',
  ],
  ['mismatched-devices', [], 'body: expected object, got []'],
  [
    'mismatched-devices',
    { missingDevices: [true], extraDevices: [] },
    '/missingDevices/0: expected integer or string, got true',
  ],
  [
    'stale-devices',
    { staleDevices: ['+14155550100'] },
    '/staleDevices/0: expected text matching ^[1-9][0-9]*$',
  ],
  ['stale-devices', undefined, 'body: expected object, got nothing'],
  ['attachment-allocation', { id: 'a-b', location: 'x' }, '/id: expected text matching'],
  ['attachment-retrieval', { url: 'x' }, 'body: expected member location, got none'],
]

describe('the bodies of the relay', () => {
  test('have one schema each', () => {
    const files = readdirSync(join(PACKAGE_ROOT, 'schemas/relay'))
    expect(files.sort()).toEqual(RELAY_BODIES.map((name) => `${name}.json`).sort())
  })

  test.each(RELAY_BODIES.flatMap((name) => fitting[name].map((body) => [name, body] as const)))(
    '%s: %j fits',
    (name, body) => {
      expect(checkBody(name, body)).toEqual([])
    },
  )

  test.each(misfits)('%s: %j does not fit', (name, body, mistake) => {
    expect(checkBody(name, body)).toEqual([expect.stringContaining(mistake)])
  })

  test('say all their mistakes at once, but never without end', () => {
    expect(checkBody('mismatched-devices', { missingDevices: 1, extraDevices: 1 })).toHaveLength(2)
    expect(checkBody('directory-query', { contacts: new Array(1000).fill(1) })).toHaveLength(20)
  })

  test('do not repeat a secret', () => {
    expect(checkBody('confirmation', { signalingKey: 'secret*', registrationId: 1 }).join()).toContain(
      'got 7 characters',
    )
    expect(checkBody('confirmation', { signalingKey: 'secret*', registrationId: 1 }).join()).not.toContain(
      'secret*',
    )
  })

  test('are cut where they are long', () => {
    const [line = ''] = checkBody('prekey-answer', { keys: 'x'.repeat(10_000) })
    expect(line.length).toBeLessThan(120)
  })
})
