import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { fromHex } from '../bytes.ts'
import { formatBTid, parseBTid } from './b-tid.ts'
import { rand } from './milenage.ts'

describe('a B-TID', () => {
  test('MSTORE-GBA-12: is Base64 of the challenge, as captured', () => {
    const { rand: hex, base64 } = vectors.bTid
    expect(formatBTid(rand(fromHex(hex)), 'bsf.example.test')).toBe(`${base64}@bsf.example.test`)
  })

  test.each(vectors.keys)('is as computed elsewhere, test set $set', ({ bTid, set, bsf }) => {
    const challenge = vectors.milenage.find((vector) => vector.set === set)?.rand ?? ''
    expect(parseBTid(bTid)).toEqual({ kind: 'b-tid', rand: fromHex(challenge), bsf })
  })

  test.prop([fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.domain()])(
    'survives its text',
    (bytes, bsf) => {
      expect(parseBTid(formatBTid(rand(bytes), bsf))).toEqual({ kind: 'b-tid', rand: bytes, bsf })
    },
  )

  test.each([
    ['', 'B-TID: expected base64(RAND)@server'],
    ['I1U8vpY3qJ0hiuZNrke/NQ==', 'B-TID: expected base64(RAND)@server'],
    ['I1U8vpY3qJ0hiuZNrke_NQ==@bsf', 'B-TID: Base64'],
    ['I1U8vpY3qJ0hiuZNrke/NQ@bsf', 'B-TID: expected padded Base64 of 16 bytes'],
    ['23553cbe9637a89d218ae64dae47bf35@bsf', 'B-TID: expected padded Base64 of 16 bytes, got 24'],
    ['I1U8vpY3qJ0hiuZNrke/NQ==@', 'B-TID: expected a domain name after @'],
  ])('MSTORE-GBA-12: is not %j', (text, reason) => {
    expect(parseBTid(text)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(reason) })
  })
})
