import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { encodeBase64 } from '../base64.ts'
import { fromHex, toHex } from '../bytes.ts'
import { checkBody } from '../contracts.ts'
import {
  LAST_RESORT_KEY_ID,
  isKeyId,
  parsePublicKey,
  prekeyUpload,
  publicKeyOf,
  publicKeyText,
} from './prekeys.ts'
import { curveSecret } from './x25519.ts'

const { agreement } = vectors.x25519
const identityKey = publicKeyOf(curveSecret(fromHex(agreement.aliceSecret)))
const otherKey = publicKeyOf(curveSecret(fromHex(agreement.bobSecret)))

describe('a public key', () => {
  test('is the byte 0x05 and the point of RFC 7748, section 6.1', () => {
    expect(toHex(identityKey)).toBe(`05${agreement.alicePublic}`)
  })

  test('RELAY-KEYS-08: is 44 characters of Base64 without padding', () => {
    const { bytes, text } = vectors.publicKey
    expect(encodeBase64(fromHex(bytes), { padded: false })).toBe(text)
    expect(parsePublicKey(text)).toEqual({ kind: 'public-key', key: fromHex(bytes) })
    expect(publicKeyText(identityKey)).toMatch(/^[A-Za-z0-9+/]{44}$/)
  })

  test.prop([fc.uint8Array({ minLength: 32, maxLength: 32 })], { numRuns: 10 })('reads back', (secret) => {
    const key = publicKeyOf(curveSecret(secret))
    expect(parsePublicKey(publicKeyText(key))).toEqual({ kind: 'public-key', key })
  })

  test.each([
    ['!!!!', 'expected A-Z'],
    [encodeBase64(new Uint8Array(32).fill(5), { padded: true }), 'expected 33 bytes, got 32'],
    [encodeBase64(new Uint8Array(34).fill(5), { padded: false }), 'expected 33 bytes, got 34'],
    [encodeBase64(new Uint8Array(33).fill(4), { padded: false }), 'expected type byte 5, got 4'],
  ])('is not %s', (text, reason) => {
    expect(parsePublicKey(text)).toMatchObject({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })
})

describe('a key id', () => {
  test('is an integer of 24 bits', () => {
    expect([0, 1, 65536, 16777214, 16777215].every(isKeyId)).toBe(true)
    expect([-1, 16777216, 1.5, NaN, Infinity].some(isKeyId)).toBe(false)
    expect(LAST_RESORT_KEY_ID).toBe(16777215)
  })
})

describe('an upload', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: LAST_RESORT_KEY_ID - 1 }), { maxLength: 30 })
  const set = (keyIds: readonly number[]) => ({
    identityKey,
    lastResortKey: otherKey,
    oneTimeKeys: keyIds.map((keyId) => ({ keyId, publicKey: otherKey })),
  })

  test.prop([ids])('RELAY-KEYS-20: carries one identity key throughout, and fits its schema', (keyIds) => {
    const upload = prekeyUpload(set(keyIds))
    const identities = [upload.lastResortKey, ...upload.keys].map((key) => key.identityKey)
    expect(new Set(identities)).toEqual(new Set([publicKeyText(identityKey)]))
    expect(checkBody('prekey-upload', upload)).toEqual([])
  })

  test.prop([ids])(
    'RELAY-KEYS-21: has unique ids, of which only the last resort key has 0xFFFFFF',
    (keyIds) => {
      const upload = prekeyUpload(set(keyIds))
      expect(upload.keys.map((key) => key.keyId)).toEqual(keyIds)
      expect(upload.lastResortKey.keyId).toBe(LAST_RESORT_KEY_ID)
    },
  )

  test.each([[[1, 2, 1]], [[LAST_RESORT_KEY_ID]], [[-1]], [[1.5]]])(
    'RELAY-KEYS-21: is not made of %j',
    (keyIds) => {
      expect(() => prekeyUpload(set(keyIds))).toThrow(RangeError)
    },
  )
})
