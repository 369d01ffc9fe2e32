import { describe, expect, it } from 'vitest'
import {
  ALICE,
  authorizationOf,
  BOB,
  jsonBody,
  message,
  UNREGISTERED,
  textBody,
  Trial,
} from '../../tests/relay-trial.ts'
import type { RelayEvent } from './operations.ts'

type SetPushId = Extract<RelayEvent, { kind: 'set-push-id' }>

function submission(over: Partial<SetPushId> = {}): SetPushId {
  const body = jsonBody({ gcmRegistrationId: 'other' })
  return {
    kind: 'set-push-id',
    target: '',
    channel: 'gcm',
    authorization: authorizationOf(BOB),
    body,
    ...over,
  }
}

function delivered(trial: Trial): readonly string[] {
  const before = trial.addressees(BOB).length
  trial.submit(BOB, [message()])
  return trial.addressees(BOB).slice(before)
}

describe('a push id', () => {
  it('replaces the one before it, of either kind: one push, to the last', () => {
    const trial = new Trial().register(ALICE, BOB)
    expect(trial.setPushId(BOB, 'gcm:second')).toBe('stored')
    expect(delivered(trial)).toEqual(['gcm:second'])
    trial.setPushId(BOB, 'apn:third')
    expect(delivered(trial)).toEqual(['apn:third'])
    trial.setPushId(BOB, 'gcm:fourth')
    expect(delivered(trial)).toEqual(['gcm:fourth'])
  })

  it('is removed alone: the other kind stays, and so do the credentials', () => {
    const trial = new Trial().register(ALICE, BOB)
    expect(trial.removePushId(BOB, 'apn')).toBe('removed')
    expect(delivered(trial)).toEqual([`gcm:gcm ${BOB}`])
    expect(trial.removePushId(BOB, 'gcm')).toBe('removed')
    expect(delivered(trial)).toEqual([])
    expect(trial.submit(BOB, [message()]).kind).toBe('unreachable-destination')
    expect(trial.removePushId(BOB, 'gcm')).toBe('removed')
    expect(trial.setPushId(BOB, 'apn:again')).toBe('stored')
    expect(delivered(trial)).toEqual(['apn:again'])
  })

  it('belongs to the device that submitted it', () => {
    const trial = new Trial().register(ALICE, BOB).addDevice(BOB, 7)
    const second = authorizationOf(`${BOB}.2`, 'second')
    expect(trial.setPushId(BOB, 'apn:mine', second)).toBe('stored')
    trial.submit(BOB, [message(), message({ destinationDeviceId: 2, destinationRegistrationId: 7 })])
    expect(trial.addressees(BOB)).toEqual([`gcm:gcm ${BOB}`, 'apn:mine'])
  })

  it.each([
    ['no header', undefined, 'no-credentials'],
    ['a wrong password', authorizationOf(BOB, 'wrong'), 'wrong-password'],
    ['an unknown number', authorizationOf(UNREGISTERED), 'unknown-number'],
    ['a device it does not have', authorizationOf(`${BOB}.9`), 'unknown-device'],
    ['no device id', authorizationOf(`${BOB}.abc`), 'malformed-credentials'],
  ])('is neither set nor removed with %s, whatever the body', (_case, authorization, kind) => {
    const trial = new Trial().register(ALICE, BOB)
    expect(trial.kind(submission({ authorization }))).toBe(kind)
    expect(trial.kind(submission({ authorization, body: textBody('{') }))).toBe(kind)
    const body = textBody('')
    expect(trial.kind({ kind: 'remove-push-id', target: '', channel: 'gcm', authorization, body })).toBe(kind)
    expect(delivered(trial)).toEqual([`gcm:gcm ${BOB}`])
  })

  it.each([
    ['{"gcmRegistrationId":', 'malformed-body'],
    ['{}', 'incomplete-body'],
    ['{"gcmRegistrationId":""}', 'incomplete-body'],
    ['{"gcmRegistrationId":null}', 'incomplete-body'],
    ['{"gcmRegistrationId":{}}', 'mistyped-body'],
    ['{"apnRegistrationId":"x"}', 'incomplete-body'],
    ['["x"]', 'mistyped-body'],
    ['', 'empty-body'],
  ])('is not read from %s', (text, kind) => {
    const trial = new Trial().register(ALICE, BOB)
    expect(trial.kind(submission({ body: textBody(text) }))).toBe(kind)
    expect(delivered(trial)).toEqual([`gcm:gcm ${BOB}`])
  })
})
