import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { encodeBase64 } from '../base64.ts'
import { concat, fromHex, toHex } from '../bytes.ts'
import {
  cipherKey,
  joinSignalingKey,
  macKey,
  parseSignalingKey,
  signalingKey,
  signalingKeyText,
  splitSignalingKey,
} from './signaling-key.ts'

const vector = vectors.signalingKey

function bytesOf(length: number) {
  return fc.uint8Array({ minLength: length, maxLength: length })
}

describe('a signaling key', () => {
  test('RELAY-VERIFY-14: splits into bytes 0-31 and bytes 32-51', () => {
    const parts = splitSignalingKey(signalingKey(fromHex(vector.bytes)))
    expect(toHex(parts.cipherKey)).toBe(vector.bytes.slice(0, 64))
    expect(toHex(parts.macKey)).toBe(vector.bytes.slice(64))
  })

  test('RELAY-VERIFY-29: is 32 AES bytes, then 20 MAC bytes, in one padded Base64 text', () => {
    const parts = {
      cipherKey: cipherKey(new Uint8Array(32).fill(1)),
      macKey: macKey(new Uint8Array(20).fill(2)),
    }
    const key = joinSignalingKey(parts)
    expect(key).toEqual(concat(parts.cipherKey, parts.macKey))
    expect(signalingKeyText(key)).toMatch(/^[A-Za-z0-9+/]{70}==$/)
    expect(signalingKeyText(signalingKey(fromHex(vector.bytes)))).toBe(vector.text)
  })

  test.prop([bytesOf(52), fc.boolean()])('splits, joins and reads back', (bytes, padded) => {
    const key = signalingKey(bytes)
    expect(joinSignalingKey(splitSignalingKey(key))).toEqual(key)
    expect(parseSignalingKey(encodeBase64(key, { padded }))).toEqual({ kind: 'signaling-key', key, padded })
  })

  test.prop([fc.uint8Array({ maxLength: 80 }).filter((bytes) => bytes.length !== 52)])(
    'is of no other length',
    (bytes) => {
      const reason = `SignalingKey: expected 52 bytes, got ${bytes.length}`
      expect(parseSignalingKey(encodeBase64(bytes, { padded: true }))).toEqual({
        kind: 'parse-error',
        reason,
      })
      expect(() => signalingKey(bytes)).toThrow(reason)
    },
  )

  test('is Base64, and no error shows its text', () => {
    const read = parseSignalingKey('not-base64-secret')
    expect(read).toEqual({
      kind: 'parse-error',
      reason: 'SignalingKey: expected Base64, got 17 other characters',
    })
  })
})
