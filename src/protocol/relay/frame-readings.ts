import { encodeBase64 } from '../base64.ts'
import { utf8 } from '../bytes.ts'
import { FRAME_MAC_BYTES } from './frame.ts'
import type { SignalingKey } from './signaling-key.ts'

/** A part of a frame on the wire. */
export type WireFramePart = 'version' | 'iv' | 'ciphertext' | 'mac'
/** What a MAC can be computed over. */
export type Covered = Exclude<WireFramePart, 'mac'> | 'plaintext'

/**
 * What of a frame is wrong: the order or length of its parts, what the MAC is computed over, how the MAC is
 * computed (key, hash, bytes kept), how the signal is encrypted, under which part of the key, under whose key,
 * or the MAC as a whole.
 */
export type FrameAspect = 'layout' | 'coverage' | 'mac' | 'cipher' | 'cipher-key' | 'owner' | 'other'

/** A mistake that a frame shows; `mistake` completes "the frame fits a server that …". */
export interface FrameMistake {
  readonly aspect: FrameAspect
  readonly mistake: string
}

/** One way to lay out, encrypt and authenticate a frame. */
export interface FrameReading extends FrameMistake {
  readonly layout: readonly WireFramePart[]
  readonly covers: readonly Covered[]
  readonly macBytes: number
  /** The bytes of the digest that are kept: the first or the last. */
  readonly kept: 'first' | 'last'
  /** The key of the MAC; null for a hash without a key. */
  readonly macKey: (key: SignalingKey) => Uint8Array | null
  /** The key of AES-256-CBC, used where the MAC covers the plaintext. */
  readonly cipherKey: (key: SignalingKey) => Uint8Array
}

/** The reading of the documented dialect (E-14, E-15), from which every other differs in one thing. */
export const DOCUMENTED_READING: FrameReading = {
  aspect: 'other',
  mistake: 'seals as it should',
  layout: ['version', 'iv', 'ciphertext', 'mac'],
  covers: ['version', 'iv', 'ciphertext'],
  macBytes: FRAME_MAC_BYTES,
  kept: 'first',
  macKey: (key) => key.subarray(32),
  cipherKey: (key) => key.subarray(0, 32),
}

function reading(mistake: string, difference: Partial<FrameReading>): FrameReading {
  return { ...DOCUMENTED_READING, aspect: aspectOf(difference), ...difference, mistake }
}

function aspectOf({ layout, macBytes, covers }: Partial<FrameReading>): FrameAspect {
  if (layout !== undefined || macBytes !== undefined) return 'layout'
  return covers === undefined ? 'mac' : 'coverage'
}

/**
 * The single mistakes that a frame can be recognised by when its MAC does not verify. A server whose MAC covers
 * what it sends in another layout shows in the ciphertext instead.
 */
export const MISTAKEN_READINGS: readonly FrameReading[] = [
  reading('leaves the version byte out of the MAC', { covers: ['iv', 'ciphertext'] }),
  reading('leaves the IV out of the MAC', { covers: ['version', 'ciphertext'] }),
  reading('computes the MAC over the ciphertext alone', { covers: ['ciphertext'] }),
  reading('computes the MAC over the plaintext', { covers: ['plaintext'] }),
  reading('computes the MAC over version, IV and plaintext', { covers: ['version', 'iv', 'plaintext'] }),
  reading('computes the MAC over version and plaintext', { covers: ['version', 'plaintext'] }),
  reading('computes the MAC over IV and plaintext', { covers: ['iv', 'plaintext'] }),
  ...[8, 16, 20, 32].map((macBytes) => reading(`sends a MAC of ${macBytes} bytes`, { macBytes })),
  reading('keeps the last 10 bytes of the MAC', { kept: 'last' }),
  reading('puts the MAC before the ciphertext', { layout: ['version', 'iv', 'mac', 'ciphertext'] }),
  reading('puts the MAC before the IV', { layout: ['version', 'mac', 'iv', 'ciphertext'] }),
  reading('puts the MAC first', { layout: ['mac', 'version', 'iv', 'ciphertext'] }),
  reading('puts the IV after the ciphertext', { layout: ['version', 'ciphertext', 'iv', 'mac'] }),
  reading('keys the MAC with all 52 bytes of the signaling key', { macKey: (key) => key }),
  reading('keys the MAC with the first 32 bytes of the signaling key', {
    macKey: (key) => key.subarray(0, 32),
  }),
  reading('keys the MAC with the last 32 bytes of the signaling key', { macKey: (key) => key.subarray(20) }),
  reading('takes the MAC key from the front of the signaling key', { macKey: (key) => key.subarray(0, 20) }),
  reading('keys the MAC with the Base64 text of the signaling key', {
    macKey: (key) => utf8(encodeBase64(key, { padded: true })),
  }),
  reading('hashes without a key', { macKey: () => null }),
]
