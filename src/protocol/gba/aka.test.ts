import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { fromHex, toHex } from '../bytes.ts'
import { answerChallenge, auts, autn, makeAuts, makeVector, openAuts, sqnBytes, sqnNumber } from './aka.ts'
import { amf, opc, rand, sqn, subscriberKey } from './milenage.ts'

function testSet(number: number) {
  const set = vectors.milenage.find(({ set }) => set === number)
  if (set === undefined) throw new Error(`no test set ${number}`)
  return {
    keys: { k: subscriberKey(fromHex(set.k)), opc: opc(fromHex(set.opc)) },
    rand: rand(fromHex(set.rand)),
    sqn: sqnNumber(sqn(fromHex(set.sqn))),
    amf: amf(fromHex(set.amf)),
  }
}

const set1 = testSet(1)
const card = { ...set1.keys, sqn: set1.sqn - 1 }
const number = fc.integer({ min: 1, max: 2 ** 48 - 2 })
const block = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('a challenge', () => {
  test.each(vectors.challenges)('is as published: test set $set', ({ set, autn: expected }) => {
    const { keys, rand, sqn, amf } = testSet(set)
    expect(toHex(makeVector(keys, { rand, sqn, amf }).autn)).toBe(expected)
  })

  test('is accepted by the card it is for', () => {
    const { autn, res, ck, ik } = makeVector(set1.keys, set1)
    expect(answerChallenge(card, { rand: set1.rand, autn })).toEqual({
      kind: 'accepted',
      sqn: set1.sqn,
      res,
      ck,
      ik,
    })
  })

  test.prop([fc.nat(127)])('MSTORE-GBA-17: with any bit of its AUTN flipped is refused', (bit) => {
    const { autn: right } = makeVector(set1.keys, set1)
    const wrong = autn(right.with(bit >> 3, (right[bit >> 3] ?? 0) ^ (1 << (bit & 7))))
    expect(answerChallenge(card, { rand: set1.rand, autn: wrong })).toEqual({ kind: 'mac-mismatch' })
  })

  test.prop([block, block, fc.record({ sent: number, known: number })])(
    'is accepted when its number is greater than any before, else it is out of range',
    (secret, challenge, { sent, known }) => {
      const keys = { k: subscriberKey(secret), opc: opc(secret.toReversed()) }
      const vector = makeVector(keys, { rand: rand(challenge), sqn: sent, amf: amf(Uint8Array.of(0, 0)) })
      const answer = answerChallenge({ ...keys, sqn: known }, vector)
      expect(answer.kind).toBe(sent > known ? 'accepted' : 'out-of-range')
    },
  )

  test('too far ahead is out of range where the card has a bound', () => {
    const vector = makeVector(set1.keys, set1)
    expect(answerChallenge({ ...card, sqn: set1.sqn - 32, mostAhead: 32 }, vector).kind).toBe('accepted')
    expect(answerChallenge({ ...card, sqn: set1.sqn - 33, mostAhead: 32 }, vector).kind).toBe('out-of-range')
  })
})

describe('a resynchronisation', () => {
  const vector = vectors.resynchronisation
  const sqnMs = sqnNumber(sqn(fromHex(vector.sqn)))

  test('MSTORE-GBA-18: is as computed elsewhere', () => {
    const answer = answerChallenge({ ...card, sqn: sqnMs }, makeVector(set1.keys, set1))
    expect(answer).toEqual({ kind: 'out-of-range', sqn: set1.sqn, auts: fromHex(vector.auts) })
    expect(vector.auts).toMatch(new RegExp(`${vector.macS}$`))
  })

  test.prop([number])("gives the network the card's number", (known) => {
    const sent = makeAuts({ ...card, sqn: known }, set1.rand)
    expect(openAuts(set1.keys, { rand: set1.rand, auts: sent })).toEqual({
      kind: 'resynchronised',
      sqn: known,
    })
  })

  test.prop([fc.nat(111)])('with any bit flipped is a mistake', (bit) => {
    const right = makeAuts({ ...card, sqn: sqnMs }, set1.rand)
    const wrong = auts(right.with(bit >> 3, (right[bit >> 3] ?? 0) ^ (1 << (bit & 7))))
    expect(openAuts(set1.keys, { rand: set1.rand, auts: wrong })).toMatchObject({ kind: 'parse-error' })
  })
})

describe('a sequence number', () => {
  test.prop([fc.integer({ min: 0, max: 2 ** 48 - 1 })])('survives its bytes', (value) => {
    expect(sqnNumber(sqnBytes(value))).toBe(value)
  })

  test('is big endian and 48 bits long', () => {
    expect(toHex(sqnBytes(258))).toBe('000000000102')
    expect(() => sqnBytes(2 ** 48)).toThrow('Sqn: expected 0 to 2^48-1, got 281474976710656')
  })
})
