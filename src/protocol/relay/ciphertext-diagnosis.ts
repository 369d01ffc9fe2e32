import { createDecipheriv, createHash } from 'node:crypto'
import { BLOCK_BYTES, IV_BYTES, decryptCbc, isWholeBlocks } from './cipher.ts'
import { FRAME_MAC_BYTES } from './frame.ts'
import type { FrameMistake } from './frame-readings.ts'
import { type SignalingKey, splitSignalingKey } from './signaling-key.ts'
import { decodeSignal } from './signals.ts'

/** A frame's ciphertext, what should decrypt it, and all that its MAC covers. */
interface SealedCiphertext {
  readonly signalingKey: SignalingKey
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly covered: Uint8Array
}

/** One way to encrypt wrongly: `decrypt` returns the plaintext under it, or null where the ciphertext does not fit. */
interface CipherMistake extends FrameMistake {
  readonly decrypt: (sealed: SealedCiphertext) => Uint8Array | null
}

const CIPHER_FAULTS: readonly CipherMistake[] = [
  cipher('encrypts in CTR mode', (sealed) => decryptWith('aes-256-ctr', sealed)),
  cipher('encrypts in ECB mode', (sealed) => withoutPadding(decryptWith('aes-256-ecb', sealed))),
  cipher('pads with zeros', (sealed) => withoutZeros(decryptWith('aes-256-cbc', sealed))),
  cipher('does not pad', (sealed) => decryptWith('aes-256-cbc', sealed)),
  cipher('encrypts with AES-128 and the first 16 bytes of the key', ({ key, ...sealed }) =>
    withoutPadding(decryptWith('aes-128-cbc', { ...sealed, key: key.subarray(0, 16) })),
  ),
  keyed('a hash of the cipher key', ({ key }) => sha256(key)),
  keyed('a hash of the signaling key', ({ signalingKey }) => sha256(signalingKey)),
  keyed('the last 32 bytes of the signaling key', ({ signalingKey }) => signalingKey.subarray(20)),
  layout('sends no version byte', (covered) => [covered.subarray(0, IV_BYTES), covered.subarray(IV_BYTES)]),
  layout('sends no IV and uses zeros', (covered) => [new Uint8Array(IV_BYTES), covered.subarray(1)]),
  layout('puts the IV after the ciphertext', (covered) => [
    covered.subarray(-IV_BYTES),
    covered.subarray(1, -IV_BYTES),
  ]),
]

function cipher(mistake: string, decrypt: CipherMistake['decrypt']): CipherMistake {
  return { aspect: 'cipher', mistake, decrypt }
}

function keyed(name: string, key: (sealed: SealedCiphertext) => Uint8Array): CipherMistake {
  return {
    aspect: 'cipher-key',
    mistake: `encrypts with ${name}`,
    decrypt: (sealed) => decryptCbc({ key: key(sealed), iv: sealed.iv }, sealed.ciphertext),
  }
}

/** Parts in another order, which a MAC over all that is before it does not show: `parts` finds IV and ciphertext. */
function layout(
  mistake: string,
  parts: (covered: Uint8Array) => readonly [iv: Uint8Array, ciphertext: Uint8Array],
): CipherMistake {
  const decrypt = ({ key, covered }: SealedCiphertext) => {
    const [iv, ciphertext] = parts(covered)
    return iv.length === IV_BYTES ? decryptCbc({ key, iv }, ciphertext) : null
  }
  return { aspect: 'layout', mistake, decrypt }
}

/**
 * Names what is wrong with a frame whose MAC is right over all that is before it, as `diagnoseFrame` words
 * it; empty when the ciphertext is as it should be or fits no known mistake. It is found by what decrypts to a signal.
 */
export function ciphertextMistakes(frame: Uint8Array, signalingKey: SignalingKey): readonly FrameMistake[] {
  const covered = frame.subarray(0, frame.length - FRAME_MAC_BYTES)
  const sealed: SealedCiphertext = {
    signalingKey,
    key: splitSignalingKey(signalingKey).cipherKey,
    iv: covered.subarray(1, 1 + IV_BYTES),
    ciphertext: covered.subarray(1 + IV_BYTES),
    covered,
  }
  const right = decryptCbc(sealed, sealed.ciphertext)
  if (right !== null && readsAsSignal(right)) return []
  return CIPHER_FAULTS.filter(({ decrypt }) => {
    const plaintext = decrypt(sealed)
    return plaintext !== null && readsAsSignal(plaintext)
  }).map(({ aspect, mistake }) => ({ aspect, mistake }))
}

/** Whether bytes look like a signal: one that says who sent it, and has no field but the relay spec's. */
export function readsAsSignal(bytes: Uint8Array): boolean {
  const decoded = decodeSignal(bytes)
  if (decoded.kind === 'parse-error') return false
  return decoded.signal.source !== undefined && decoded.signal.unknown === undefined
}

function decryptWith(algorithm: string, { key, iv, ciphertext }: SealedCiphertext): Uint8Array | null {
  if (!algorithm.endsWith('ctr') && !isWholeBlocks(ciphertext)) return null
  const decipher = createDecipheriv(algorithm, key, algorithm.endsWith('ecb') ? null : iv).setAutoPadding(
    false,
  )
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
