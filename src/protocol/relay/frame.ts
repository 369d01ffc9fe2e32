import { createHmac } from 'node:crypto'
import { concat, equal } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { type Iv, BLOCK_BYTES, IV_BYTES, decryptCbc, encryptCbc, isWholeBlocks, iv } from './cipher.ts'
import { type SignalingKey, splitSignalingKey } from './signaling-key.ts'

/** The hash of a frame's MAC: the relay spec hints at SHA-1, what is deployed uses SHA-256 (E-14). */
export type MacAlgorithm = 'sha1' | 'sha256'
/** Both hashes, the deployed one first. */
export const MAC_ALGORITHMS = ['sha256', 'sha1'] as const satisfies readonly MacAlgorithm[]

const VERSION_BYTES = 1
/** Bytes of a frame's MAC: the first ten of the HMAC (relay spec, Receiving a message). */
export const FRAME_MAC_BYTES = 10
/** Bytes of a frame besides its ciphertext. */
export const FRAME_OVERHEAD_BYTES = VERSION_BYTES + IV_BYTES + FRAME_MAC_BYTES
/** The version byte that deployed relays write and clients insist on (E-15). */
export const FRAME_VERSION = 0x01

/** The parts of a frame, sharing its memory; `covered` is what the MAC is computed over. */
export interface Frame {
  readonly kind: 'frame'
  readonly version: number
  readonly iv: Iv
  readonly ciphertext: Uint8Array
  readonly mac: Uint8Array
  readonly covered: Uint8Array
}

/** What it takes to make a frame. */
export interface FrameInput {
  readonly signalingKey: SignalingKey
  readonly iv: Iv
  readonly plaintext: Uint8Array
  readonly algorithm: MacAlgorithm
  /** One byte; 0x01 by default (E-15). */
  readonly version?: number
}

/** A frame whose MAC verified, under `algorithm`, and whose ciphertext is properly padded. */
export interface OpenedFrame {
  readonly kind: 'opened'
  readonly plaintext: Uint8Array
  readonly algorithm: MacAlgorithm
  readonly version: number
  readonly iv: Iv
}

/**
 * A frame that was not opened: its length is none a frame can have, its MAC is another one, or the MAC is
 * right and what it covers is not AES-256-CBC with PKCS#5 padding under the cipher key.
 */
export interface RefusedFrame {
  readonly kind: 'refused'
  readonly reason: 'length' | 'mac' | 'padding'
  readonly detail: string
}

/** Takes `version(1) | iv(16) | ciphertext(16k) | mac(10)` apart; any other length is a parse error. */
export function parseFrame(bytes: Uint8Array): Frame | ParseError {
  const end = bytes.length - FRAME_MAC_BYTES
  const start = VERSION_BYTES + IV_BYTES
  const ciphertext = bytes.subarray(start, Math.max(start, end))
  if (!isWholeBlocks(ciphertext)) {
    return parseError(
      `frame: expected ${FRAME_OVERHEAD_BYTES} + ${BLOCK_BYTES}k bytes, k >= 1, got ${bytes.length}`,
    )
  }
  return {
    kind: 'frame',
    version: bytes[0] ?? 0,
    iv: iv(bytes.subarray(VERSION_BYTES, start)),
    ciphertext,
    mac: bytes.subarray(end),
    covered: bytes.subarray(0, end),
  }
}

/** Encrypts, then authenticates version, IV and ciphertext (E-15). Throws on a version beyond one byte. */
export function sealFrame({ version = FRAME_VERSION, ...input }: FrameInput): Uint8Array {
  if (!Number.isInteger(version) || version < 0 || version > 0xff) {
    throw new RangeError(`frame version: expected 0 to 255, got ${version}`)
  }
  const { cipherKey, macKey } = splitSignalingKey(input.signalingKey)
  const ciphertext = encryptCbc({ key: cipherKey, iv: input.iv }, input.plaintext)
  const covered = concat(Uint8Array.of(version), input.iv, ciphertext)
  return concat(covered, frameMac(input.algorithm, macKey, covered))
}

/**
 * Authenticates a frame under one of `algorithms`, in constant time, and only then decrypts it. The version
 * is authenticated and not judged.
 */
export function openFrame(
  bytes: Uint8Array,
  key: SignalingKey,
  algorithms: readonly MacAlgorithm[],
): OpenedFrame | RefusedFrame {
  const frame = parseFrame(bytes)
  if (frame.kind === 'parse-error') return { kind: 'refused', reason: 'length', detail: frame.reason }
  const { cipherKey, macKey } = splitSignalingKey(key)
  const algorithm = algorithms.find((name) => equal(frameMac(name, macKey, frame.covered), frame.mac))
  if (algorithm === undefined) return refuseMac(algorithms)
  const plaintext = decryptCbc({ key: cipherKey, iv: frame.iv }, frame.ciphertext)
  return plaintext === null
    ? {
        kind: 'refused',
        reason: 'padding',
        detail: 'frame: expected AES-256-CBC with PKCS#5 padding, got other padding',
      }
    : { kind: 'opened', plaintext, algorithm, version: frame.version, iv: frame.iv }
}

function refuseMac(algorithms: readonly MacAlgorithm[]): RefusedFrame {
  const expected = algorithms.map((name) => `HMAC-${name.toUpperCase()}`).join(' or ')
  return { kind: 'refused', reason: 'mac', detail: `frame: expected a MAC by ${expected}, got another one` }
}

function frameMac(algorithm: MacAlgorithm, key: Uint8Array, covered: Uint8Array): Uint8Array {
  return createHmac(algorithm, key).update(covered).digest().subarray(0, FRAME_MAC_BYTES)
}
