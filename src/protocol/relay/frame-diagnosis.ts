import { createHash, createHmac } from 'node:crypto'
import { concat, equal } from '../bytes.ts'
import { IV_BYTES, decryptCbc } from './cipher.ts'
import { ciphertextMistakes, readsAsSignal } from './ciphertext-diagnosis.ts'
import { type MacAlgorithm, MAC_ALGORITHMS } from './frame.ts'
import {
  type Covered,
  type FrameMistake,
  type WireFramePart,
  type FrameReading,
  DOCUMENTED_READING,
  MISTAKEN_READINGS,
} from './frame-readings.ts'
import type { SignalingKey } from './signaling-key.ts'

/** Keys that a frame may have been sealed with by mistake, by whose they are: `the sender`, `device 1`. */
export type OtherKeys = ReadonlyMap<string, SignalingKey>

/**
 * Names what a server does wrong, judged by this frame alone. Empty for a frame that is right, under
 * either hash, and for one that fits no known mistake. It is for the report, after `openFrame` refused: it
 * decrypts what is not authenticated.
 */
export function diagnoseFrame(
  bytes: Uint8Array,
  key: SignalingKey,
  others: OtherKeys = new Map(),
): readonly FrameMistake[] {
  if (macFits(DOCUMENTED_READING, bytes, key) !== null) return ciphertextMistakes(bytes, key)
  const sealedByOther = [...others]
    .filter(([, other]) => macFits(DOCUMENTED_READING, bytes, other) !== null)
    .map(([owner]): FrameMistake => ({ aspect: 'owner', mistake: `seals with the key of ${owner}` }))
  const misread = MISTAKEN_READINGS.flatMap((reading): FrameMistake[] => {
    const algorithm = macFits(reading, bytes, key)
    if (algorithm === null) return []
    const { aspect, mistake } = reading
    return [{ aspect, mistake: `${mistake} (${hashName(algorithm, reading.macKey(key) !== null)})` }]
  })
  const found = [...sealedByOther, ...misread]
  return found.length > 0 ? found : withoutMac(bytes, key)
}

function hashName(algorithm: MacAlgorithm, keyed: boolean): string {
  return `${keyed ? 'HMAC-' : ''}${algorithm.toUpperCase()}`
}

/** The hash under which the MAC of a frame read so is right; null when it is under neither. */
function macFits(reading: FrameReading, bytes: Uint8Array, key: SignalingKey): MacAlgorithm | null {
  const parts = split(reading, bytes)
  if (parts === null) return null
  const input = coveredBytes(reading, parts, key)
  if (input === null) return null
  const fits = (name: MacAlgorithm) =>
    equal(mac(reading, name, { key: reading.macKey(key), input }), parts.mac)
  return MAC_ALGORITHMS.find(fits) ?? null
}

type SplitFrame = Readonly<Record<WireFramePart, Uint8Array>>

const NOTHING = new Uint8Array(0)

function split({ layout, macBytes }: FrameReading, bytes: Uint8Array): SplitFrame | null {
  const fixed = { version: 1, iv: IV_BYTES, mac: macBytes, ciphertext: 0 }
  const rest = bytes.length - layout.reduce((total, part) => total + fixed[part], 0)
  if (rest < 1) return null
  const parts: Record<WireFramePart, Uint8Array> = {
    version: NOTHING,
    iv: NOTHING,
    ciphertext: NOTHING,
    mac: NOTHING,
  }
  let offset = 0
  for (const part of layout) {
    const end = offset + (part === 'ciphertext' ? rest : fixed[part])
    parts[part] = bytes.subarray(offset, end)
    offset = end
  }
  return parts
}

function coveredBytes(
  { covers, cipherKey }: FrameReading,
  parts: SplitFrame,
  key: SignalingKey,
): Uint8Array | null {
  const plaintext = covers.includes('plaintext')
    ? decryptCbc({ key: cipherKey(key), iv: parts.iv }, parts.ciphertext)
    : NOTHING
  if (plaintext === null) return null
  const all: Readonly<Record<Covered, Uint8Array>> = { ...parts, plaintext }
  return concat(...covers.map((part) => all[part]))
}

interface MacInput {
  readonly key: Uint8Array | null
  readonly input: Uint8Array
}

function mac({ macBytes, kept }: FrameReading, name: MacAlgorithm, { key, input }: MacInput): Uint8Array {
  const hash = key === null ? createHash(name) : createHmac(name, key)
  const digest = hash.update(input).digest()
  return kept === 'first' ? digest.subarray(0, macBytes) : digest.subarray(-macBytes)
}

/** What can still be said when no MAC fits: what decrypts to a signal, or is one already. */
function withoutMac(bytes: Uint8Array, key: SignalingKey): readonly FrameMistake[] {
  const withMac = split(DOCUMENTED_READING, bytes)
  const without = split({ ...DOCUMENTED_READING, layout: ['version', 'iv', 'ciphertext'] }, bytes)
  if (readsAsSignal(bytes)) return [{ aspect: 'cipher', mistake: 'does not encrypt the signal' }]
  if (withMac !== null && readsAsSignal(withMac.ciphertext)) {
    return [{ aspect: 'cipher', mistake: 'frames the signal without encrypting it' }]
  }
  if (decryptsToSignal(withMac, key)) {
    return [{ aspect: 'other', mistake: 'encrypts as it should and sends a MAC of something else' }]
  }
  return decryptsToSignal(without, key) ? [{ aspect: 'layout', mistake: 'sends no MAC' }] : []
}

function decryptsToSignal(parts: SplitFrame | null, key: SignalingKey): boolean {
  if (parts === null) return false
  const plaintext = decryptCbc({ key: DOCUMENTED_READING.cipherKey(key), iv: parts.iv }, parts.ciphertext)
  return plaintext !== null && readsAsSignal(plaintext)
}
