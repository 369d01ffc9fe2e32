import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../fixtures/vectors/relay.json' with { type: 'json' }
import { decodeBase64, decodeLossy, encodeBase64 } from './base64.ts'
import { fromHex, utf8 } from './bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

describe('Base64', () => {
  test.each(vectors.base64.texts)('of $text is as RFC 4648 has it', ({ text, padded, unpadded }) => {
    expect(encodeBase64(utf8(text), { padded: true })).toBe(padded)
    expect(encodeBase64(utf8(text), { padded: false })).toBe(unpadded)
    expect(decodeBase64(padded)).toEqual({ kind: 'decoded', bytes: utf8(text), padded: padded.endsWith('=') })
    expect(decodeBase64(unpadded)).toEqual({ kind: 'decoded', bytes: utf8(text), padded: false })
  })

  test('RELAY-VERIFY-29: a signaling key is 72 characters with its padding and 70 without', () => {
    const { bytes, text } = vectors.signalingKey
    expect(encodeBase64(fromHex(bytes), { padded: true })).toBe(text)
    expect(encodeBase64(fromHex(bytes), { padded: false })).toHaveLength(70)
  })

  test.prop([fc.uint8Array({ maxLength: 200 }), fc.boolean()])(
    'round trips, padded or not',
    (bytes, padded) => {
      const text = encodeBase64(bytes, { padded })
      expect(decodeBase64(text)).toEqual({ kind: 'decoded', bytes, padded: text.endsWith('=') })
      expect(text.length % 4 === 0 || !padded).toBe(true)
    },
  )

  test.each([
    [' Zm9v', 'expected A-Z a-z 0-9 + /, got " " at 0'],
    ['Zm9v\n', 'got "\\n" at 4'],
    ['_-8', 'got "_" at 0'],
    ['Zm9v*mFy', 'got "*" at 4'],
    ['Zm8é', 'got "é" at 3'],
    ['Zm\u{1f600}8', 'at 2'],
    ['Z', 'expected whole bytes, got 1 characters'],
    ['Zm9vY', 'expected whole bytes, got 5 characters'],
    ['Z===', 'expected = at the end only'],
    ['Zg=', 'expected padding to a multiple of 4, got 3 characters'],
    ['Zm9v=', 'expected padding to a multiple of 4, got 5 characters'],
    ['Zm9v==', 'expected padding to a multiple of 4, got 6 characters'],
    ['Zg==Zg==', 'expected = at the end only, got it at 2'],
    ['=', 'expected padding'],
    ['====', 'expected = at the end only'],
    ['Zh', 'expected unused bits of the last character to be zero, got "h"'],
    ['Zm9=', 'expected unused bits of the last character to be zero, got "9"'],
  ])('is not %j', (text, reason) => {
    const decoded = decodeBase64(text)
    expect(decoded.kind).toBe('parse-error')
    expect(decoded).toHaveProperty('reason', expect.stringContaining(reason))
  })

  test.prop([fc.string({ unit: fc.constantFrom(...Array.from(alphabet), '='), maxLength: 12 })])(
    'is only what an encoder writes',
    (text) => {
      const decoded = decodeBase64(text)
      const rewritten = decoded.kind === 'decoded' ? encodeBase64(decoded.bytes, decoded) : null
      expect(rewritten === text).toBe(decoded.kind === 'decoded')
    },
  )

  test.prop([fc.string({ unit: 'binary' })])('of any text is bytes or a mistake', (text) => {
    expect(['decoded', 'parse-error']).toContain(decodeBase64(text).kind)
  })
})

describe('lossy Base64 (E-17)', () => {
  test.each(vectors.lossyBase64.texts)('reads $base64 as the relay server v0.8 does', ({ base64, text }) => {
    expect(decodeLossy(base64)).toHaveProperty('bytes', utf8(text))
  })

  test('loses the last byte of an unpadded signaling key', () => {
    const unpadded = vectors.signalingKey.text.replace('==', '')
    expect(decodeLossy(unpadded)).toHaveProperty('bytes', fromHex(vectors.signalingKey.bytes).subarray(0, 51))
  })

  test.each(['Z', 'Zg', 'Zm8'])('refuses %j, which is too short', (text) => {
    expect(decodeLossy(text)).toEqual({
      kind: 'parse-error',
      reason: `Base64: expected at least 4 characters, got ${text.length}`,
    })
  })

  test('refuses other characters, skips white space, and stops after a padded quartet (E-66)', () => {
    expect(decodeLossy('Zm9v*mFy').kind).toBe('parse-error')
    expect(decodeLossy(' Zm\n9v ')).toHaveProperty('bytes', utf8('foo'))
    expect(decodeLossy('Zm8=Zm9v')).toHaveProperty('bytes', utf8('fo'))
    expect(decodeLossy('')).toHaveProperty('bytes', utf8(''))
  })

  test.prop([fc.uint8Array()])('loses nothing of padded text', (bytes) => {
    expect(decodeLossy(encodeBase64(bytes, { padded: true }))).toHaveProperty('bytes', bytes)
  })
})
