import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { concat, fromHex, utf8 } from '../bytes.ts'
import { encryptCbc, iv } from './cipher.ts'
import { diagnoseFrame } from './frame-diagnosis.ts'
import { MAC_ALGORITHMS, openFrame, sealFrame } from './frame.ts'
import { signalingKey } from './signaling-key.ts'
import { encodeSignal } from './signals.ts'

const key = signalingKey(fromHex(vectors.signalingKey.bytes))
const signal = fromHex(vectors.signal.bytes)
const version = Uint8Array.of(1)
const vector = fromHex(vectors.frames.iv)
const ciphertext = fromHex(vectors.frames.ciphertext)

function hmac(...covered: readonly Uint8Array[]): Uint8Array {
  return createHmac('sha256', key.subarray(32))
    .update(concat(...covered))
    .digest()
}

function keyedBy(macKey: Uint8Array): Uint8Array {
  return createHmac('sha256', macKey)
    .update(concat(version, vector, ciphertext))
    .digest()
    .subarray(0, 10)
}

/** A frame with the right MAC over a ciphertext made otherwise. */
function sealedBy(algorithm: string, cipherKey: Uint8Array, plaintext = signal): Uint8Array {
  const padded = plaintext !== signal && plaintext.length % 16 === 0
  const cipher = createCipheriv(algorithm, cipherKey, algorithm.includes('ecb') ? null : vector)
  if (padded) cipher.setAutoPadding(false)
  const odd = concat(cipher.update(plaintext), cipher.final())
  return concat(version, vector, odd, hmac(version, vector, odd).subarray(0, 10))
}

const whole = hmac(version, vector, ciphertext)
const mac = whole.subarray(0, 10)
const first = (...covered: readonly Uint8Array[]) => hmac(...covered).subarray(0, 10)
const cipherKey = key.subarray(0, 32)
const zeroIv = encryptCbc({ key: cipherKey, iv: new Uint8Array(16) }, signal)
const zeroPadded = concat(signal, new Uint8Array(48 - signal.length))
const wholeBlocks = encodeSignal({ source: '+14155550100', type: 1 })

const mistakeyFrames: readonly (readonly [string, Uint8Array])[] = [
  ['leaves the version byte out of the MAC', concat(version, vector, ciphertext, first(vector, ciphertext))],
  [
    'leaves the version byte out of the MAC',
    concat(version, vector, ciphertext, fromHex(vectors.frames.withoutVersion)),
  ],
  ['leaves the IV out of the MAC', concat(version, vector, ciphertext, first(version, ciphertext))],
  ['computes the MAC over the ciphertext alone', concat(version, vector, ciphertext, first(ciphertext))],
  ['computes the MAC over the plaintext', concat(version, vector, ciphertext, first(signal))],
  [
    'computes the MAC over version, IV and plaintext',
    concat(version, vector, ciphertext, first(version, vector, signal)),
  ],
  [
    'computes the MAC over version and plaintext',
    concat(version, vector, ciphertext, first(version, signal)),
  ],
  ['computes the MAC over IV and plaintext', concat(version, vector, ciphertext, first(vector, signal))],
  ['sends no version byte', concat(vector, ciphertext, first(vector, ciphertext))],
  ['sends no IV and uses zeros', concat(version, zeroIv, first(version, zeroIv))],
  ['sends a MAC of 8 bytes', concat(version, vector, ciphertext, whole.subarray(0, 8))],
  ['sends a MAC of 16 bytes', concat(version, vector, ciphertext, whole.subarray(0, 16))],
  ['sends a MAC of 20 bytes', concat(version, vector, ciphertext, whole.subarray(0, 20))],
  ['sends a MAC of 32 bytes', concat(version, vector, ciphertext, whole)],
  ['keeps the last 10 bytes of the MAC', concat(version, vector, ciphertext, whole.subarray(-10))],
  ['puts the MAC before the ciphertext', concat(version, vector, mac, ciphertext)],
  ['puts the MAC before the IV', concat(version, mac, vector, ciphertext)],
  ['puts the MAC first', concat(mac, version, vector, ciphertext)],
  ['puts the IV after the ciphertext', concat(version, ciphertext, vector, mac)],
  [
    'puts the IV after the ciphertext',
    concat(version, ciphertext, vector, first(version, ciphertext, vector)),
  ],
  ['keys the MAC with all 52 bytes of the signaling key', concat(version, vector, ciphertext, keyedBy(key))],
  [
    'keys the MAC with the first 32 bytes of the signaling key',
    concat(version, vector, ciphertext, keyedBy(cipherKey)),
  ],
  [
    'keys the MAC with the last 32 bytes of the signaling key',
    concat(version, vector, ciphertext, keyedBy(key.subarray(20))),
  ],
  [
    'takes the MAC key from the front of the signaling key',
    concat(version, vector, ciphertext, keyedBy(key.subarray(0, 20))),
  ],
  [
    'keys the MAC with the Base64 text of the signaling key',
    concat(version, vector, ciphertext, keyedBy(utf8(vectors.signalingKey.text))),
  ],
  [
    'hashes without a key (SHA256)',
    concat(version, vector, ciphertext, sha256(version, vector, ciphertext).subarray(0, 10)),
  ],
  ['does not encrypt the signal', signal],
  [
    'frames the signal without encrypting it',
    concat(version, vector, signal, first(version, vector, utf8('x'))),
  ],
  [
    'encrypts as it should and sends a MAC of something else',
    concat(version, vector, ciphertext, new Uint8Array(10)),
  ],
  ['sends no MAC', concat(version, vector, ciphertext)],
  ['encrypts in CTR mode', sealedBy('aes-256-ctr', cipherKey)],
  ['encrypts in ECB mode', sealedBy('aes-256-ecb', cipherKey)],
  ['pads with zeros', sealedBy('aes-256-cbc', cipherKey, zeroPadded)],
  ['does not pad', sealedBy('aes-256-cbc', cipherKey, wholeBlocks)],
  ['encrypts with AES-128 and the first 16 bytes of the key', sealedBy('aes-128-cbc', key.subarray(0, 16))],
  ['encrypts with a hash of the cipher key', sealedBy('aes-256-cbc', sha256(cipherKey))],
  ['encrypts with a hash of the signaling key', sealedBy('aes-256-cbc', sha256(key))],
  ['encrypts with the last 32 bytes of the signaling key', sealedBy('aes-256-cbc', key.subarray(20))],
]

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256')
    .update(concat(...parts))
    .digest()
}

function mistakesOf(frame: Uint8Array): readonly string[] {
  return diagnoseFrame(frame, key).map(({ mistake }) => mistake)
}

describe('the diagnosis of a frame', () => {
  test.each(mistakeyFrames)('knows a server that %s', (mistake, frame) => {
    expect(openFrame(frame, key, MAC_ALGORITHMS)).not.toHaveProperty('plaintext', signal)
    expect(mistakesOf(frame)).toEqual([expect.stringContaining(mistake)])
  })

  test('knows both hashes', () => {
    const sha1 = createHmac('sha1', key.subarray(32))
      .update(concat(vector, ciphertext))
      .digest()
      .subarray(0, 10)
    expect(mistakesOf(concat(version, vector, ciphertext, sha1))).toEqual([
      'leaves the version byte out of the MAC (HMAC-SHA1)',
    ])
  })

  test('RELAY-PUSH-18: knows whose key was taken instead', () => {
    const sender = signalingKey(new Uint8Array(52).fill(9))
    const frame = sealFrame({ signalingKey: sender, iv: iv(vector), plaintext: signal, algorithm: 'sha1' })
    expect(diagnoseFrame(frame, key, new Map([['the sender', sender]]))).toEqual([
      { aspect: 'owner', mistake: 'seals with the key of the sender' },
    ])
    expect(diagnoseFrame(frame, key)).toEqual([])
  })

  test('knows halves of the signaling key that changed places', () => {
    const swapped = signalingKey(concat(key.subarray(20), key.subarray(0, 20)))
    const frame = sealFrame({ signalingKey: swapped, iv: iv(vector), plaintext: signal, algorithm: 'sha256' })
    expect(mistakesOf(frame)).toEqual(['takes the MAC key from the front of the signaling key (HMAC-SHA256)'])
  })

  test.prop([fc.constantFrom(...MAC_ALGORITHMS)])('has nothing to say of a right frame', (algorithm) => {
    const frame = sealFrame({ signalingKey: key, iv: iv(vector), plaintext: signal, algorithm })
    expect(diagnoseFrame(frame, key)).toEqual([])
  })

  test.prop([fc.uint8Array({ maxLength: 120 })])('is never thrown over', (bytes) => {
    expect(Array.isArray(diagnoseFrame(bytes, key))).toBe(true)
  })

  test('says what of the frame is wrong', () => {
    const aspects = (frame: Uint8Array) => diagnoseFrame(frame, key).map(({ aspect }) => aspect)
    expect(aspects(concat(version, vector, ciphertext, whole))).toEqual(['layout'])
    expect(aspects(concat(version, vector, ciphertext, first(ciphertext)))).toEqual(['coverage'])
    expect(aspects(concat(version, vector, ciphertext, keyedBy(key)))).toEqual(['mac'])
    expect(aspects(sealedBy('aes-256-ctr', cipherKey))).toEqual(['cipher'])
    expect(aspects(concat(version, vector, ciphertext, new Uint8Array(10)))).toEqual(['other'])
  })
})
