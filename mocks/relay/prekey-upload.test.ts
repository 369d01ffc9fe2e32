import { describe, expect, it } from 'vitest'
import { fetchKeys, handedOut, jsonOf, key, keyText, LAST, putKeys, upload } from '../../tests/relay-keys.ts'
import { ALICE, authorizationOf, BOB, CAROL, textBody, Trial } from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'

const TO_BOB = { from: ALICE, to: BOB }

describe('an upload of prekeys', () => {
  it('is served as it came, smallest id first', () => {
    const trial = new Trial().register(ALICE, BOB)
    expect(putKeys(trial, BOB, upload([16_777_214, 0, 65_536]))).toBe('stored')
    const served = ['*', '1'].map((device) => jsonOf(fetchKeys(trial, TO_BOB, { device })))
    expect(served).toEqual([
      { keys: [{ deviceId: 1, ...key(0), registrationId: 101 }] },
      { keys: [{ deviceId: 1, ...key(65_536), registrationId: 101 }] },
    ])
  })

  it('takes the place of the one before it, last resort key and all', () => {
    const trial = new Trial().register(ALICE, BOB)
    putKeys(trial, BOB, upload([1, 2]))
    putKeys(trial, BOB, upload([7], 2))
    expect(jsonOf(fetchKeys(trial, TO_BOB))).toEqual({
      keys: [{ deviceId: 1, ...key(7, 2), registrationId: 101 }],
    })
    expect(jsonOf(fetchKeys(trial, TO_BOB))).toEqual({
      keys: [{ deviceId: 1, ...key(LAST, 2), registrationId: 101 }],
    })
  })

  it('may have no one-time keys', () => {
    const trial = new Trial().register(ALICE, BOB)
    expect(putKeys(trial, BOB, upload([]))).toBe('stored')
    expect(handedOut(fetchKeys(trial, TO_BOB))).toEqual([`1:${LAST}`])
  })

  it('is for the device that sent it', () => {
    const trial = new Trial().register(ALICE, BOB, CAROL).addDevice(BOB, 7)
    putKeys(trial, BOB, upload([1]))
    putKeys(trial, `${BOB}.2`, upload([2], 2))
    putKeys(trial, CAROL, upload([3], 3))
    expect(handedOut(fetchKeys(trial, TO_BOB, { device: '*' }))).toEqual(['1:1', '2:2'])
    expect(handedOut(fetchKeys(trial, { from: ALICE, to: CAROL }))).toEqual(['1:3'])
  })

  const { lastResortKey, keys } = upload([1, 2])
  const without = (name: string, from: object) =>
    Object.fromEntries(Object.entries(from).filter(([member]) => member !== name))
  type Case = readonly [label: string, body: unknown, kind: string]
  const members = ['keyId', 'publicKey', 'identityKey']
  const oddIds = [-1, 16_777_216, 1.5, 'abc']
  const oddKeys = ['!!!!', keyText(1).slice(4), `${keyText(1)}AAAA`, `A${keyText(1).slice(1)}`, 7]
  const odd = (label: string, over: object): Case => {
    return [label, { lastResortKey, keys: [{ ...key(1), ...over }] }, 'mistyped-body']
  }
  const refused: readonly Case[] = [
    ['no lastResortKey', { keys }, 'incomplete-body'],
    ['no keys', { lastResortKey }, 'incomplete-body'],
    ['keys of null', { lastResortKey, keys: null }, 'incomplete-body'],
    ['keys that are no array', { lastResortKey, keys: {} }, 'mistyped-body'],
    ['a key that is no object', { lastResortKey, keys: ['x'] }, 'mistyped-body'],
    ['a key of null', { lastResortKey, keys: [null] }, 'mistyped-body'],
    ...members.map((name): Case => {
      return [`a key without ${name}`, { lastResortKey, keys: [without(name, key(1))] }, 'incomplete-body']
    }),
    ...members.map((name): Case => {
      const body = { lastResortKey: without(name, lastResortKey), keys }
      return [`a last resort key without ${name}`, body, 'incomplete-last-resort']
    }),
    ['a last resort key of another id', { lastResortKey: key(5), keys }, 'mistyped-body'],
    odd('a one-time key with the id of the last', { keyId: LAST }),
    ...oddIds.map((keyId) => odd(`a key of id ${keyId}`, { keyId })),
    ...oddKeys.map((publicKey) => odd(`the public key ${publicKey}`, { publicKey })),
    ...oddKeys.map((identityKey) => odd(`the identity key ${identityKey}`, { identityKey })),
  ]
  it.each(refused)('with %s is refused, and changes nothing', (_case, body, kind) => {
    const trial = new Trial().register(ALICE, BOB)
    putKeys(trial, BOB, upload([3]))
    expect(putKeys(trial, BOB, body)).toBe(kind)
    expect(handedOut(fetchKeys(trial, TO_BOB))).toEqual(['1:3'])
  })

  it.each([
    ['no header', undefined, 'no-credentials'],
    ['a wrong password', authorizationOf(BOB, 'wrong'), 'wrong-password'],
  ])('is refused with %s whatever the body, and changes nothing', (_case, authorization, kind) => {
    const trial = new Trial().register(ALICE, BOB)
    putKeys(trial, BOB, upload([3]))
    const request = { kind: 'upload-prekeys', target: '', authorization } as const
    expect(trial.kind({ ...request, body: textBody(JSON.stringify(upload([4]))) })).toBe(kind)
    expect(trial.kind({ ...request, body: textBody('{') })).toBe(kind)
    expect(handedOut(fetchKeys(trial, TO_BOB))).toEqual(['1:3'])
  })

  it('leaves a remark on ids used twice and identities that differ', () => {
    const trial = new Trial().register(BOB)
    const body = textBody(JSON.stringify({ ...upload([1, 1]), lastResortKey: key(LAST, 2) }))
    const authorization = authorizationOf(BOB)
    const { notes } = trial.decide({ kind: 'upload-prekeys', target: '', authorization, body })
    expect(notes).toEqual(['keyId: expected 3 different ids, got 2', 'identityKey: expected one, got 2'])
  })
})

describe('an upload as deployed relays take it', () => {
  it('is not looked at closely', () => {
    const trial = new Trial(deployed).register(ALICE, BOB)
    const odd = { keyId: -1, publicKey: '!!!!', identityKey: 'x' }
    expect(putKeys(trial, BOB, { lastResortKey: { ...odd, keyId: 5 }, keys: [odd] })).toBe('stored')
    expect(jsonOf(fetchKeys(trial, TO_BOB))).toMatchObject({ keys: [odd] })
    expect(putKeys(trial, BOB, { lastResortKey: { keyId: 5 }, keys: [] })).toBe('incomplete-last-resort')
    expect(putKeys(trial, BOB, { lastResortKey: odd, keys: [{ keyId: 5 }] })).toBe('incomplete-body')
  })
})
