import { createHmac } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { decodeBase64 } from '../base64.ts'
import { concat, fromHex, toHex } from '../bytes.ts'
import { encryptCbc, iv } from './cipher.ts'
import type { MacAlgorithm } from './frame.ts'
import { FRAME_OVERHEAD_BYTES, MAC_ALGORITHMS, openFrame, parseFrame, sealFrame } from './frame.ts'
import { signalingKey } from './signaling-key.ts'

const key = signalingKey(fromHex(vectors.signalingKey.bytes))
const vector = vectors.frames
const signal = fromHex(vectors.signal.bytes)

function bytesOfText(text: string): Uint8Array {
  const decoded = decodeBase64(text)
  return decoded.kind === 'decoded' ? decoded.bytes : new Uint8Array()
}

function seal(plaintext: Uint8Array, algorithm: MacAlgorithm = 'sha256', version = 1): Uint8Array {
  return sealFrame({ signalingKey: key, iv: iv(fromHex(vector.iv)), plaintext, algorithm, version })
}

function open(frame: Uint8Array, algorithms: readonly MacAlgorithm[] = MAC_ALGORITHMS) {
  return openFrame(frame, key, algorithms)
}

const algorithm = fc.constantFrom(...MAC_ALGORITHMS)
const plaintext = fc.uint8Array({ maxLength: 100 })
const secret = fc.uint8Array({ minLength: 52, maxLength: 52 }).map(signalingKey)
const vectorIv = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(iv)

describe('a frame', () => {
  test.each([
    ['sha256', vector.sha256Payload, vector.sha256],
    ['sha1', vector.sha1Payload, vector.sha1],
  ] as const)('RELAY-PUSH-09: under HMAC-%s is as computed elsewhere', (algorithm, payload, mac) => {
    const frame = bytesOfText(payload)
    expect(seal(signal, algorithm)).toEqual(frame)
    expect(open(frame)).toEqual({
      kind: 'opened',
      plaintext: signal,
      algorithm,
      version: 1,
      iv: fromHex(vector.iv),
    })
    expect(toHex(frame.subarray(-10))).toBe(mac)
  })

  test('of two blocks is as computed elsewhere', () => {
    const frame = bytesOfText(vectors.shortFrame.sha1Payload)
    expect(seal(fromHex(vectors.shortFrame.plaintext), 'sha1')).toEqual(frame)
    expect(open(frame)).toMatchObject({ kind: 'opened', plaintext: fromHex(vectors.shortFrame.plaintext) })
  })

  test('RELAY-PUSH-04: is version, IV, ciphertext and MAC, in that order', () => {
    const frame = parseFrame(bytesOfText(vector.sha256Payload))
    expect(frame).toMatchObject({
      version: 1,
      iv: fromHex(vector.iv),
      ciphertext: fromHex(vector.ciphertext),
      mac: fromHex(vector.sha256),
    })
  })

  test('RELAY-PUSH-10: without the version byte under its MAC is refused', () => {
    const [version, mac] = [fromHex('01'), fromHex(vector.withoutVersion)]
    const frame = concat(version, fromHex(vector.iv), fromHex(vector.ciphertext), mac)
    expect(open(frame)).toMatchObject({ kind: 'refused', reason: 'mac' })
  })

  test('verifies only under the algorithms asked for', () => {
    expect(open(seal(signal, 'sha1'), ['sha256'])).toEqual({
      kind: 'refused',
      reason: 'mac',
      detail: 'frame: expected a MAC by HMAC-SHA256, got another one',
    })
    expect(open(seal(signal, 'sha1'), []).kind).toBe('refused')
  })

  test('reports its version and accepts any', () => {
    expect(open(seal(signal, 'sha256', 0xff))).toMatchObject({ kind: 'opened', version: 0xff })
    expect(() => seal(signal, 'sha256', 256)).toThrow('frame version: expected 0 to 255, got 256')
  })

  test('whose MAC is right and whose padding is wrong is refused for its padding', () => {
    const covered = seal(new Uint8Array(16)).subarray(0, 17 + 16)
    const mac = createHmac('sha256', key.subarray(32)).update(covered).digest().subarray(0, 10)
    const remade = concat(covered, mac)
    expect(open(remade)).toMatchObject({ kind: 'refused', reason: 'padding' })
  })

  test.each(Array.from({ length: 66 }, (_, length) => length))(
    'RELAY-PUSH-06: of %i bytes round trips and has one to sixteen bytes of padding',
    (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => index)
      for (const algorithm of MAC_ALGORITHMS) {
        const frame = seal(bytes, algorithm)
        expect(frame).toHaveLength(FRAME_OVERHEAD_BYTES + 16 * (Math.floor(length / 16) + 1))
        expect(open(frame)).toMatchObject({ kind: 'opened', plaintext: bytes, algorithm })
      }
    },
  )

  const version = fc.integer({ min: 0, max: 255 })
  test.prop([fc.record({ signalingKey: secret, iv: vectorIv, plaintext, algorithm, version })])(
    'round trips under every key and IV',
    ({ signalingKey, ...input }) => {
      const frame = sealFrame({ signalingKey, ...input })
      expect(openFrame(frame, signalingKey, MAC_ALGORITHMS)).toEqual({ kind: 'opened', ...input })
    },
  )

  test.prop([plaintext, algorithm, fc.record({ place: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) })])(
    'RELAY-PUSH-08: with any bit flipped is refused',
    (plaintext, algorithm, { place, bit }) => {
      const frame = seal(plaintext, algorithm)
      const at = place % frame.length
      const flipped = frame.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))
      expect(open(flipped)).toMatchObject({ kind: 'refused', reason: 'mac' })
    },
  )

  test.prop([plaintext, algorithm, secret])('is refused under another key', (plaintext, algorithm, other) => {
    expect(openFrame(seal(plaintext, algorithm), other, MAC_ALGORITHMS)).toMatchObject({ reason: 'mac' })
  })

  test.each(Array.from({ length: 100 }, (_, length) => length).filter((length) => !hasFrameLength(length)))(
    'is not %i bytes long',
    (length) => {
      expect(parseFrame(new Uint8Array(length))).toEqual({
        kind: 'parse-error',
        reason: `frame: expected 27 + 16k bytes, k >= 1, got ${length}`,
      })
      expect(open(new Uint8Array(length))).toMatchObject({ kind: 'refused', reason: 'length' })
    },
  )

  test.prop([fc.uint8Array({ maxLength: 120 })])('is never thrown over', (bytes) => {
    expect(open(bytes).kind).toBe('refused')
    expect(parseFrame(bytes).kind).toBe(hasFrameLength(bytes.length) ? 'frame' : 'parse-error')
  })

  test('uses its IV', () => {
    const input = { key: key.subarray(0, 32), iv: iv(fromHex(vector.iv)) }
    expect(encryptCbc(input, signal)).toEqual(fromHex(vector.ciphertext))
    expect(encryptCbc({ ...input, iv: iv(new Uint8Array(16)) }, signal)).not.toEqual(
      fromHex(vector.ciphertext),
    )
  })
})

function hasFrameLength(length: number): boolean {
  return length >= 43 && (length - 27) % 16 === 0
}
