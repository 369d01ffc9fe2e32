import type { Part } from '#evidence/taken-apart.ts'
import { toHex } from '#protocol/bytes.ts'
import {
  FRAME_MAC_BYTES,
  MAC_ALGORITHMS,
  openFrame,
  parseFrame,
  type OpenedFrame,
  type RefusedFrame,
} from '#protocol/relay/frame.ts'
import type { FrameMistake } from '#protocol/relay/frame-readings.ts'
import type { SignalingKey } from '#protocol/relay/signaling-key.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import type { Check } from '../../shared/support/check.ts'

/** Bytes of a ciphertext that are shown. */
const SHOWN_BYTES = 16

/** A sealed frame, and whose mistake it shows where it does not open: asked then alone. */
interface SealedFrame {
  readonly bytes: Uint8Array
  readonly key: SignalingKey
  readonly mistake: () => FrameMistake | undefined
}

/** A sealed frame and what came of opening it. */
interface TriedFrame extends Omit<SealedFrame, 'key'> {
  readonly opened: OpenedFrame | RefusedFrame
}

/** Opens the frame of a push, its MAC by either hash, and keeps in the record what it is. */
export function takeFrameApart(
  check: Check,
  { channel }: Push,
  { bytes, key, mistake }: SealedFrame,
): OpenedFrame | RefusedFrame {
  const opened = openFrame(bytes, key, MAC_ALGORITHMS)
  const parts = frameParts({ bytes, opened, mistake })
  check.takeApart({ what: `sealed frame of a push by ${channel}`, exchange: null, parts })
  return opened
}

/** The layout of a frame, `version(1) | IV(16) | ciphertext(16k) | MAC(10)`, and what its MAC verifies under, or why it does not. */
export function frameParts({ bytes, opened, mistake }: TriedFrame): readonly Part[] {
  const frame = parseFrame(bytes)
  if (frame.kind === 'parse-error') return [{ name: 'layout', text: frame.reason, holds: false }]
  const { version, iv, ciphertext, mac } = frame
  return [
    { name: 'version', text: `0x${toHex(Uint8Array.of(version))} (1 byte)`, holds: null },
    { name: 'IV', text: `${toHex(iv)} (${iv.length} bytes)`, holds: null },
    { name: 'ciphertext', text: ciphertextText(ciphertext), holds: null },
    { name: 'MAC', text: `${toHex(mac)} (${mac.length} bytes)`, holds: null },
    openedPart(opened, mistake),
  ]
}

function ciphertextText(ciphertext: Uint8Array): string {
  const more = ciphertext.length > SHOWN_BYTES ? '…' : ''
  return `${toHex(ciphertext.subarray(0, SHOWN_BYTES))}${more} (${ciphertext.length} bytes)`
}

function openedPart(opened: TriedFrame['opened'], mistake: TriedFrame['mistake']): Part {
  if (opened.kind === 'refused') {
    const fits = mistake()
    const why = fits === undefined ? '' : `; it fits a server that ${fits.mistake}`
    return { name: 'opened', text: `no: ${opened.detail}${why}`, holds: false }
  }
  const hash = opened.algorithm.toUpperCase()
  return {
    name: 'opened',
    text: `the MAC is the first ${FRAME_MAC_BYTES} bytes of HMAC-${hash} over version, IV and ciphertext; AES-256-CBC gives ${opened.plaintext.length} bytes`,
    holds: true,
  }
}
