import { createDecipheriv, createHash } from 'node:crypto'
import { BLOCK_BYTES, IV_BYTES, decryptCbc, isWholeBlocks } from './cipher.ts'
import { FRAME_MAC_BYTES } from './frame.ts'
import type { FrameFault } from './frame-readings.ts'
import type { SignalingKey } from './signaling-key.ts'
import { splitSignalingKey } from './signaling-key.ts'
import { decodeSignal } from './signals.ts'

/** A frame's ciphertext, and what should decrypt it. */
interface Sealed {
  readonly signalingKey: SignalingKey
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}

/** One way to encrypt wrongly: `decrypt` gives the plaintext under it, or null where it cannot be. */
interface CipherFault {
  readonly fault: string
  readonly decrypt: (sealed: Sealed) => Uint8Array | null
}

const CIPHER_FAULTS: readonly CipherFault[] = [
  { fault: 'encrypts in CTR mode', decrypt: (sealed) => decryptWith('aes-256-ctr', sealed) },
  {
    fault: 'encrypts in ECB mode',
    decrypt: (sealed) => decryptWith('aes-256-ecb', { ...sealed, iv: new Uint8Array(0) }),
  },
  { fault: 'pads with zeros', decrypt: (sealed) => withoutZeros(decryptWith('aes-256-cbc', sealed)) },
  { fault: 'does not pad', decrypt: (sealed) => decryptWith('aes-256-cbc', sealed) },
  {
    fault: 'encrypts with AES-128 and the first 16 bytes of the key',
    decrypt: (sealed) =>
      withoutPadding(decryptWith('aes-128-cbc', { ...sealed, key: sealed.key.subarray(0, 16) })),
  },
  keyed('a hash of the cipher key', ({ key }) => sha256(key)),
  keyed('a hash of the signaling key', ({ signalingKey }) => sha256(signalingKey)),
  keyed('the last 32 bytes of the signaling key', ({ signalingKey }) => signalingKey.subarray(20)),
]

function keyed(name: string, key: (sealed: Sealed) => Uint8Array): CipherFault {
  return {
    fault: `encrypts with ${name}`,
    decrypt: (sealed) => decryptCbc({ key: key(sealed), iv: sealed.iv }, sealed.ciphertext),
  }
}

/**
 * Names what is wrong with the encryption of a frame whose MAC is right, as `diagnoseFrame` words it; empty
 * when the ciphertext is as it should be or fits no known fault. Told by what decrypts to a signal.
 */
export function ciphertextFaults(frame: Uint8Array, signalingKey: SignalingKey): readonly FrameFault[] {
  const start = 1 + IV_BYTES
  const sealed: Sealed = {
    signalingKey,
    key: splitSignalingKey(signalingKey).cipherKey,
    iv: frame.subarray(1, start),
    ciphertext: frame.subarray(start, frame.length - FRAME_MAC_BYTES),
  }
  const right = decryptCbc(sealed, sealed.ciphertext)
  if (right !== null && readsAsSignal(right)) return []
  return CIPHER_FAULTS.filter(({ decrypt }) => {
    const plaintext = decrypt(sealed)
    return plaintext !== null && readsAsSignal(plaintext)
  }).map(({ fault }) => ({ aspect: 'cipher', fault }))
}

/** Whether bytes look like a signal: one that says who sent it, and has no field but the page's. */
export function readsAsSignal(bytes: Uint8Array): boolean {
  const decoded = decodeSignal(bytes)
  if (decoded.kind === 'fault') return false
  return decoded.signal.source !== undefined && decoded.signal.unknown === undefined
}

function decryptWith(algorithm: string, { key, iv, ciphertext }: Sealed): Uint8Array | null {
  if (!algorithm.endsWith('ctr') && !isWholeBlocks(ciphertext)) return null
  const decipher = createDecipheriv(algorithm, key, iv.length === 0 ? null : iv).setAutoPadding(false)
  return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]))
}

function withoutZeros(plaintext: Uint8Array | null): Uint8Array | null {
  if (plaintext?.at(-1) !== 0) return null
  return plaintext.subarray(0, plaintext.findLastIndex((byte) => byte !== 0) + 1)
}

function withoutPadding(plaintext: Uint8Array | null): Uint8Array | null {
  const length = plaintext?.at(-1) ?? 0
  return plaintext !== null && length >= 1 && length <= BLOCK_BYTES ? plaintext.subarray(0, -length) : null
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
