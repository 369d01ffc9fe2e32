import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { encodeBase64 } from '../base64.ts'
import { fromHex, toHex } from '../bytes.ts'
import { WRONG_DERIVATIONS, candidateKeys, rightKey } from './candidate-keys.ts'
import { MSTORE_UA_PROTOCOL, bootstrapKey, derivationText, deriveKsNaf, nafId } from './key-derivation.ts'
import { rand } from './milenage.ts'

function bootstrapOf(number: number) {
  const set = vectors.milenage.find(({ set }) => set === number)
  const key = vectors.keys.find(({ set }) => set === number)
  if (set === undefined || key === undefined) throw new Error(`no test set ${number}`)
  return {
    ck: fromHex(set.ck),
    ik: fromHex(set.ik),
    rand: rand(fromHex(set.rand)),
    impi: key.impi,
    host: key.host,
  }
}

const set1 = bootstrapOf(1)

describe('the key of a server', () => {
  test.each(vectors.keys)('MSTORE-GBA-11, MSTORE-GBA-13: is as computed elsewhere, test set $set', (key) => {
    const bootstrap = bootstrapOf(key.set)
    expect(toHex(bootstrapKey(bootstrap))).toBe(key.ks)
    expect(toHex(rightKey(bootstrap))).toBe(key.ksNaf)
    expect(encodeBase64(rightKey(bootstrap), { padded: true })).toBe(key.password)
  })

  test('is derived from each value followed by its length', () => {
    const text = derivationText({
      ks: bootstrapKey(set1),
      rand: set1.rand,
      impi: set1.impi,
      nafId: nafId(set1.host, MSTORE_UA_PROTOCOL),
    })
    expect(toHex(text)).toBe(vectors.derivationText.hex)
  })

  test.prop([fc.string({ minLength: 1 }), fc.string({ minLength: 1 })])(
    'is another for another subscriber or another host',
    (impi, host) => {
      fc.pre(impi !== set1.impi && host !== set1.host)
      const keys = [set1, { ...set1, impi }, { ...set1, host }].map((input) => toHex(rightKey(input)))
      expect(new Set(keys).size).toBe(3)
    },
  )

  test('cannot be derived from a value whose length takes more than two bytes', () => {
    expect(() => rightKey({ ...set1, impi: 'x'.repeat(65536) })).toThrow(
      'key derivation: expected at most 65535 bytes, got 65536',
    )
  })
})

describe('the mistakes in a derivation', () => {
  const keys = candidateKeys(set1)
  const published: Readonly<Record<string, string>> = vectors.wrongKeys.keys

  test.each(Object.entries(WRONG_DERIVATIONS))('%s (%s) gives the key computed elsewhere', (id) => {
    const candidate = keys.find((key) => key.id === id)
    expect(encodeBase64(candidate?.key ?? new Uint8Array(), { padded: true })).toBe(published[id])
  })

  test('each give a key of their own, the right one first', () => {
    expect(keys[0]).toEqual({ id: 'right', key: rightKey(set1) })
    expect(new Set(keys.map(({ key }) => toHex(key))).size).toBe(keys.length)
    expect(keys).toHaveLength(Object.keys(published).length + 1)
  })

  test('the other host is one of the mStore spec that is not in use', () => {
    const staging = { ...set1, host: 'wsg2.stg.sip.t-mobile.com' }
    const other = candidateKeys(staging).filter(({ id }) => id === 'other-host')
    expect(other).toEqual([{ id: 'other-host', key: rightKey(set1) }])
    expect(candidateKeys({ ...set1, host: 'x' }).filter(({ id }) => id === 'other-host')).toHaveLength(2)
  })

  test('the label of the card gives what the card would derive', () => {
    const input = { ...set1, ks: bootstrapKey(set1), nafId: nafId(set1.host, MSTORE_UA_PROTOCOL) }
    expect(deriveKsNaf({ ...input, label: 'gba-u' })).not.toEqual(deriveKsNaf(input))
  })
})
