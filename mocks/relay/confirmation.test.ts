import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '#protocol/base64.ts'
import { basicAuthorization } from '#protocol/relay/credentials.ts'
import {
  ALICE,
  attributesOf,
  authorizationOf,
  BOB,
  jsonBody,
  UNREGISTERED,
  signalingKeyOf,
  textBody,
  Trial,
} from '../../tests/relay-trial.ts'

function asked(): Trial {
  const trial = new Trial()
  trial.requestCode(ALICE)
  return trial
}

describe('a confirmation', () => {
  it('makes device 1 of an account, with what the client said of itself', () => {
    const trial = asked()
    expect(trial.confirm(ALICE)).toBe('confirmed')
    const account = trial.store.accounts.get(ALICE)
    expect(account?.supportsSms).toBe(false)
    expect([...(account?.devices.keys() ?? [])]).toEqual([1])
    expect(account?.devices.get(1)).toMatchObject({ ...keyAndId(), gcmId: null, apnId: null })
  })

  it('uses the code up', () => {
    const trial = asked()
    const code = trial.code(ALICE)
    trial.confirm(ALICE)
    expect(trial.confirm(ALICE, { code })).toBe('no-code')
  })

  it.each([
    ['no header', undefined, 'no-credentials'],
    ['a scheme alone', 'Basic', 'malformed-credentials'],
    ['another scheme', `Bearer ${tokenOf(`${ALICE}:pw`)}`, 'malformed-credentials'],
    ['no Base64', 'Basic !!!!', 'malformed-credentials'],
    ['too little Base64', 'Basic abc', 'malformed-credentials'],
    ['no colon', `Basic ${tokenOf('nocolon')}`, 'malformed-credentials'],
    ['no password', `Basic ${tokenOf(`${ALICE}:`)}`, 'malformed-credentials'],
  ])('refuses %s and leaves the code usable', (_case, authorization, kind) => {
    const trial = asked()
    expect(trial.confirm(ALICE, { authorization })).toBe(kind)
    expect(trial.confirm(ALICE)).toBe('confirmed')
  })

  it.each([
    ['a code one higher', (code: string) => String(Number(code) + 1)],
    ['a code without its last digit', (code: string) => code.slice(0, -1)],
    ['a code with a zero before it', (code: string) => `0${code}`],
    ['a code with a letter after it', (code: string) => `${code}a`],
    ['letters', () => 'abcdef'],
  ])('refuses %s, and neither makes an account nor loses the code', (_case, changed) => {
    const trial = asked()
    expect(trial.confirm(ALICE, { code: changed(trial.code(ALICE)) })).toBe('wrong-code')
    expect(trial.store.accounts.size).toBe(0)
    expect(trial.confirm(ALICE)).toBe('confirmed')
  })

  it('takes a code for the number it was issued to alone', () => {
    const trial = asked()
    trial.requestCode(BOB)
    expect(trial.confirm(BOB, { code: trial.code(ALICE) })).toBe('wrong-code')
    expect(trial.confirm(UNREGISTERED, { code: '123456' })).toBe('no-code')
    expect(trial.confirm(BOB)).toBe('confirmed')
  })

  it('is limited before the code is judged: even the right one waits', () => {
    const trial = asked()
    const outcomes = [1, 2, 3].map(() => trial.confirm(ALICE, { code: '1' }))
    expect(outcomes).toEqual(['wrong-code', 'wrong-code', 'limited'])
    expect(trial.confirm(ALICE)).toBe('limited')
    trial.clock.advance(30_000, ALICE)
    expect(trial.confirm(ALICE)).toBe('confirmed')
  })

  it('judges header, body and code in this order', () => {
    const trial = asked()
    const body = textBody('{')
    expect(trial.confirm(ALICE, { authorization: undefined, body, code: '1' })).toBe('no-credentials')
    expect(trial.confirm(ALICE, { body, code: '1' })).toBe('malformed-body')
  })

  it.each([
    ['no signalingKey', { signalingKey: undefined }, 'incomplete-body'],
    ['an empty signalingKey', { signalingKey: '' }, 'incomplete-body'],
    ['51 bytes of signalingKey', { signalingKey: keyText(51) }, 'mistyped-body'],
    ['53 bytes of signalingKey', { signalingKey: keyText(53) }, 'mistyped-body'],
    ['a signalingKey that is no Base64', { signalingKey: '!'.repeat(72) }, 'mistyped-body'],
    ['no registrationId', { registrationId: undefined }, 'incomplete-body'],
    ['a registrationId of 15 bits', { registrationId: 16_384 }, 'mistyped-body'],
    ['a registrationId with a fraction', { registrationId: 1.5 }, 'mistyped-body'],
    ['text for supportsSms', { supportsSms: 'yes' }, 'mistyped-body'],
  ])('refuses a body with %s and leaves the code usable', (_case, over, kind) => {
    const trial = asked()
    expect(trial.confirm(ALICE, { body: jsonBody({ ...attributesOf(ALICE), ...over }) })).toBe(kind)
    expect(trial.store.accounts.size).toBe(0)
    expect(trial.confirm(ALICE)).toBe('confirmed')
  })

  it.each([
    ['registrationId in quotes', { registrationId: '101' }],
    ['an unpadded signalingKey', { signalingKey: encodeBase64(signalingKeyOf(ALICE), { padded: false }) }],
    ['members it does not know', { x: 1 }],
    ['no supportsSms', { supportsSms: undefined }],
  ])('takes %s', (_case, over) => {
    const trial = asked()
    expect(trial.confirm(ALICE, { body: jsonBody({ ...attributesOf(ALICE), ...over }) })).toBe('confirmed')
    expect(trial.store.accounts.get(ALICE)?.devices.get(1)?.registrationId).toBeTypeOf('number')
  })

  it('registers a number again: the old password, devices and push ids are gone', () => {
    const trial = new Trial().register(ALICE).addDevice(ALICE, 7)
    trial.requestCode(ALICE)
    expect(trial.confirm(ALICE, { authorization: authorizationOf(ALICE, 'another') })).toBe('confirmed')
    const devices = trial.store.accounts.get(ALICE)?.devices
    expect([...(devices?.keys() ?? [])]).toEqual([1])
    expect(devices?.get(1)).toMatchObject({ password: 'another', gcmId: null })
    expect(trial.removePushId(ALICE, 'gcm')).toBe('wrong-password')
  })

  it('is also taken under the misprinted path, with a remark', () => {
    const trial = asked()
    const decision = trial.decide({
      kind: 'confirm-code',
      target: '',
      path: 'acccounts',
      code: trial.code(ALICE),
      authorization: authorizationOf(ALICE),
      body: jsonBody(attributesOf(ALICE)),
    })
    expect(decision.outcome.kind).toBe('confirmed')
    expect(decision.notes).toEqual([expect.stringContaining('E-01')])
  })

  it('says nothing of passwords, keys or codes in its remarks', () => {
    const trial = asked()
    const decision = trial.decide({
      kind: 'confirm-code',
      target: '',
      path: 'accounts',
      code: '000000',
      authorization: basicAuthorization({ username: ALICE, password: 'hush-hush' }),
      body: jsonBody(attributesOf(ALICE)),
    })
    expect(decision.notes.join()).not.toMatch(/hush-hush|000000/)
    expect(decision.notes.join()).not.toContain(trial.code(ALICE))
  })
})

function keyAndId() {
  const { signalingKey, registrationId } = attributesOf(ALICE)
  return { signalingKey, registrationId }
}

function tokenOf(text: string): string {
  return Buffer.from(text).toString('base64')
}

function keyText(bytes: number): string {
  return encodeBase64(new Uint8Array(bytes), { padded: true })
}
