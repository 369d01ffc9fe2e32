import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  DEPLOYED_ALERT,
  DOCUMENTED_ALERT,
  apnNotification,
  parseApnNotification,
  parseGcmNotification,
} from './notifications.ts'

describe('an APN notification', () => {
  test('RELAY-PUSH-02: has the alert of the relay spec and the payload in m', () => {
    const text = apnNotification({ alert: DOCUMENTED_ALERT, place: 'top', payload: 'AaCh' })
    expect(text).toBe('{"alert":"You have a new message!","m":"AaCh"}')
    expect(parseApnNotification(text)).toEqual({
      kind: 'apn',
      alert: 'You have a new message!',
      place: 'top',
      payload: 'AaCh',
      members: ['alert', 'm'],
    })
  })

  test('may have its alert inside aps (E-34)', () => {
    const text = apnNotification({ alert: DEPLOYED_ALERT, place: 'aps', payload: 'AaCh' })
    expect(text).toBe('{"aps":{"alert":"Message!"},"m":"AaCh"}')
    expect(parseApnNotification(text)).toMatchObject({ alert: 'Message!', place: 'aps', payload: 'AaCh' })
  })

  test.prop([fc.string({ unit: 'grapheme' }), fc.constantFrom('top' as const, 'aps' as const), fc.string()])(
    'reads back',
    (alert, place, payload) => {
      const text = apnNotification({ alert, place, payload })
      expect(parseApnNotification(text)).toMatchObject({ kind: 'apn', alert, place, payload })
    },
  )

  test.each([
    ['{"alert":"x"}', 'expected text in m, got nothing'],
    ['{"alert":"x","message":"AaCh"}', 'expected text in m, got nothing'],
    ['{"alert":"x","m":null}', 'expected text in m, got null'],
    ['{"alert":"x","m":["AaCh"]}', 'expected text in m, got an array'],
    ['{alert:"x","m":"AaCh"}', 'notification: JSON:'],
    ['[]', 'notification: expected a JSON object, got an array'],
    ['AaCh', 'notification: JSON:'],
  ])('is not %s', (text, reason) => {
    expect(parseApnNotification(text)).toMatchObject({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })

  test.each([
    '{"m":"AaCh"}',
    '{"aps":"x","m":"AaCh"}',
    '{"aps":{},"m":"AaCh"}',
    '{"alert":1,"aps":{"alert":"x"},"m":"AaCh"}',
  ])('may be without an alert: %s', (text) => {
    expect(parseApnNotification(text)).toMatchObject({ alert: null, place: null, payload: 'AaCh' })
  })

  test('may have an alert of several parts, as Apple lets it', () => {
    const text = '{"aps":{"alert":{"title":"x","body":"y"}},"m":"AaCh"}'
    expect(parseApnNotification(text)).toMatchObject({ alert: 'y', place: 'aps' })
  })

  test.prop([fc.oneof(fc.string(), fc.json())])('is never thrown over', (text) => {
    expect(['apn', 'parse-error']).toContain(parseApnNotification(text).kind)
    expect(['gcm', 'parse-error']).toContain(parseGcmNotification(text).kind)
  })
})

describe('a GCM notification', () => {
  test('RELAY-PUSH-01: is the payload itself', () => {
    expect(parseGcmNotification('AaCh')).toEqual({ kind: 'gcm', form: 'bare', payload: 'AaCh' })
  })

  test.each(['{"type":"message","message":"AaCh"}', '{"data":{"type":"message","message":"AaCh"}}'])(
    'may be the data members of deployed relays: %s (E-35)',
    (text) => {
      expect(parseGcmNotification(text)).toEqual({ kind: 'gcm', form: 'data', payload: 'AaCh' })
    },
  )

  test.each(['{"type":"receipt","message":"AaCh"}', '{"type":"message"}', '{"data":{}}', '{'])(
    'is not %s',
    (text) => {
      expect(parseGcmNotification(text).kind).toBe('parse-error')
    },
  )
})
