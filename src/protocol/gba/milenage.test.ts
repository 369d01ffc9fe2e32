import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { fromHex, toHex } from '../bytes.ts'
import { amf, authenticate, deriveOpc, opc, rand, sessionValues, sqn, subscriberKey } from './milenage.ts'

describe('Milenage', () => {
  test.each(vectors.milenage)('is as published: test set $set', (set) => {
    const k = subscriberKey(fromHex(set.k))
    const keys = { k, opc: deriveOpc(k, fromHex(set.op)) }
    const challenge = rand(fromHex(set.rand))
    const { macA, macS } = authenticate(keys, {
      rand: challenge,
      sqn: sqn(fromHex(set.sqn)),
      amf: amf(fromHex(set.amf)),
    })
    const { res, ck, ik, ak, akStar } = sessionValues(keys, challenge)
    expect({ opc: keys.opc, macA, macS, res, ck, ik, ak, akStar }).toEqual({
      opc: fromHex(set.opc),
      macA: fromHex(set.macA),
      macS: fromHex(set.macS),
      res: fromHex(set.res),
      ck: fromHex(set.ck),
      ik: fromHex(set.ik),
      ak: fromHex(set.ak),
      akStar: fromHex(set.akStar),
    })
  })

  test.prop([fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(127)])(
    'gives another answer when one bit of the challenge is another',
    (challenge, bit) => {
      const keys = { k: subscriberKey(challenge.toReversed()), opc: opc(new Uint8Array(16)) }
      const flipped = challenge.with(bit >> 3, (challenge[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
      expect(toHex(sessionValues(keys, rand(challenge)).ck)).not.toBe(
        toHex(sessionValues(keys, rand(flipped)).ck),
      )
    },
  )

  test('takes keys of their length only', () => {
    expect(() => subscriberKey(new Uint8Array(15))).toThrow('SubscriberKey: expected 16 bytes, got 15')
    expect(() => rand(new Uint8Array(17))).toThrow('Rand: expected 16 bytes, got 17')
  })
})
