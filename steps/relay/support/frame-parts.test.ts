import { describe, expect, test } from 'vitest'
import { iv } from '#protocol/relay/cipher.ts'
import { MAC_ALGORITHMS, type MacAlgorithm, openFrame, sealFrame } from '#protocol/relay/frame.ts'
import { parseSignalingKey } from '#protocol/relay/signaling-key.ts'
import type { Part } from '#evidence/taken-apart.ts'
import { frameParts } from './frame-parts.ts'

const SIGNALING_KEY = Buffer.alloc(52, 7).toString('base64')

function keyOf(text: string) {
  const parsed = parseSignalingKey(text)
  if (parsed.kind === 'parse-error') throw new Error(parsed.reason)
  return parsed.key
}

const key = keyOf(SIGNALING_KEY)
const mistake = () => ({ aspect: 'mac', mistake: 'hashes without a key' }) as const

function sealed(algorithm: MacAlgorithm): Uint8Array {
  return sealFrame({
    signalingKey: key,
    iv: iv(new Uint8Array(16).fill(0xab)),
    plaintext: new Uint8Array(40),
    algorithm,
  })
}

function partsOf(bytes: Uint8Array): readonly Part[] {
  return frameParts({ bytes, opened: openFrame(bytes, key, MAC_ALGORITHMS), mistake })
}

describe('the parts of a sealed frame', () => {
  test.each(['sha1', 'sha256'] as const)('say what verified it: %s', (algorithm) => {
    const parts = partsOf(sealed(algorithm))
    expect(parts.map(({ name }) => name)).toEqual(['version', 'IV', 'ciphertext', 'MAC', 'opened'])
    expect(parts.slice(0, 2).map(({ text }) => text)).toEqual([
      '0x01 (1 byte)',
      `${'ab'.repeat(16)} (16 bytes)`,
    ])
    expect(parts[2]?.text).toMatch(/^[0-9a-f]{32}… \(48 bytes\)$/)
    expect(parts[3]?.text).toMatch(/^[0-9a-f]{20} \(10 bytes\)$/)
    expect(parts[4]).toMatchObject({
      text: `the MAC is the first 10 bytes of HMAC-${algorithm.toUpperCase()} over version, IV and ciphertext; AES-256-CBC gives 40 bytes`,
      holds: true,
    })
  })

  test('say why it does not open', () => {
    const bytes = sealed('sha1').map((byte, at) => (at === 20 ? byte ^ 1 : byte))
    expect(partsOf(bytes).at(-1)).toEqual({
      name: 'opened',
      text: 'no: frame: expected a MAC by HMAC-SHA256 or HMAC-SHA1, got another one; it fits a server that hashes without a key',
      holds: false,
    })
    expect(partsOf(bytes.subarray(1))).toEqual([
      { name: 'layout', text: 'frame: expected 27 + 16k bytes, k >= 1, got 74', holds: false },
    ])
  })
})
