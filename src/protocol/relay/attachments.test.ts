import { createHmac } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { fromHex, utf8 } from '../bytes.ts'
import { attachmentKey, newAttachment, openAttachment, sealAttachment } from './attachments.ts'
import { decryptCbc, iv } from './cipher.ts'

const vector = vectors.attachment
const key = attachmentKey(fromHex(vector.key))
const plaintext = utf8(vector.plaintext)
const blob = fromHex(vector.blob)

function seal(bytes: Uint8Array): Uint8Array {
  return sealAttachment({ key, iv: iv(fromHex(vector.iv)), plaintext: bytes })
}

describe('an attachment', () => {
  test('is as computed elsewhere', () => {
    expect(seal(plaintext)).toEqual(blob)
    expect(openAttachment(blob, key)).toEqual({ kind: 'opened', plaintext })
  })

  test('RELAY-ATTACHMENT-18: is IV (16), ciphertext (16k) and MAC (32)', () => {
    expect(blob).toHaveLength(16 + 32 + 32)
    expect(seal(plaintext).subarray(0, 16)).toEqual(fromHex(vector.iv))
    expect(seal(new Uint8Array(15))).toHaveLength(16 + 16 + 32)
  })

  test('RELAY-ATTACHMENT-19: is AES-256-CBC with a whole block of padding after 16 bytes', () => {
    const ciphertext = seal(plaintext).subarray(16, -32)
    expect(ciphertext).toHaveLength(32)
    expect(decryptCbc({ key: key.subarray(0, 32), iv: fromHex(vector.iv) }, ciphertext)).toEqual(plaintext)
  })

  test('RELAY-ATTACHMENT-20: has 32 bytes of HMAC-SHA256 over IV and ciphertext under the second key', () => {
    const mac = createHmac('sha256', fromHex(vector.key).subarray(32)).update(blob.subarray(0, -32)).digest()
    expect(seal(plaintext).subarray(-32)).toEqual(new Uint8Array(mac))
  })

  test('RELAY-ATTACHMENT-21: has the AES key first and the MAC key second', () => {
    const swapped = attachmentKey(fromHex(vector.key.slice(64) + vector.key.slice(0, 64)))
    expect(openAttachment(blob, swapped)).toMatchObject({ kind: 'refused', reason: 'mac' })
    expect(() => attachmentKey(new Uint8Array(63))).toThrow('AttachmentKey: expected 64 bytes, got 63')
  })

  test('RELAY-ATTACHMENT-22: draws a key and an IV of its own', () => {
    let drawn = 0
    const randomBytes = (length: number) => new Uint8Array(length).fill(++drawn)
    const [first, second] = [newAttachment(plaintext, randomBytes), newAttachment(plaintext, randomBytes)]
    expect(first.key).not.toEqual(second.key)
    expect(first.blob.subarray(0, 16)).not.toEqual(second.blob.subarray(0, 16))
    expect(first.blob.subarray(16)).not.toEqual(second.blob.subarray(16))
    expect(openAttachment(first.blob, first.key)).toEqual({ kind: 'opened', plaintext })
    expect(openAttachment(first.blob, second.key)).toMatchObject({ kind: 'refused' })
  })

  test.prop([fc.uint8Array({ maxLength: 200 })])('round trips at every length', (bytes) => {
    expect(openAttachment(seal(bytes), key)).toEqual({ kind: 'opened', plaintext: bytes })
  })

  test.prop([fc.uint8Array({ maxLength: 80 }), fc.nat(), fc.integer({ min: 0, max: 7 })])(
    'with any bit flipped is refused',
    (bytes, place, bit) => {
      const sealed = seal(bytes)
      const at = place % sealed.length
      const flipped = sealed.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))
      expect(openAttachment(flipped, key)).toMatchObject({ kind: 'refused', reason: 'mac' })
    },
  )

  test.prop([fc.uint8Array({ maxLength: 200 })])('is never thrown over', (bytes) => {
    expect(openAttachment(bytes, key).kind).toBe('refused')
  })

  test('of another length is refused for it', () => {
    expect(openAttachment(blob.subarray(1), key)).toEqual({
      kind: 'refused',
      reason: 'length',
      detail: 'attachment: expected 48 + 16k bytes, k >= 1, got 79',
    })
  })
})
