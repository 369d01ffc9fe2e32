import { SIGNALING_KEY_BYTES, signalingKey, signalingKeyText } from '#protocol/relay/signaling-key.ts'
import type { PushKind } from './operations.ts'

/** A source of randomness: that many bytes at each call. */
export type RandomBytes = (bytes: number) => Uint8Array

const issued = new Set<string>()

/**
 * A number in E.164 form, `+1` and ten digits (E-49), that this process has not been given before. Its area
 * code is an expansion code (N9X) of the North American plan, which is unassigned: whatever a live
 * target sends, it reaches no telephone. Worker processes need sources of randomness that differ.
 */
export function newNumber(random: RandomBytes): string {
  const areaCode = `${below(random, 8) + 2}9${below(random, 10)}`
  const number = `+1${areaCode}${exchange(random)}${digits(random, 4)}`
  if (issued.has(number)) return newNumber(random)
  issued.add(number)
  return number
}

/** Three digits, the first 2 to 9, not N11 (services). */
function exchange(random: RandomBytes): string {
  const drawn = `${below(random, 8) + 2}${digits(random, 2)}`
  return drawn.endsWith('11') ? exchange(random) : drawn
}

function digits(random: RandomBytes, count: number): string {
  return Array.from({ length: count }, () => below(random, 10)).join('')
}

/** The bytes of a password (relay spec, Confirm a verification code). */
const PASSWORD_BYTES = 16
const PASSWORD_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * A password: 16 random letters and digits. What else a password may hold (E-53) is asked by scenarios of its own, so
 * that a server that spoils it is red for that alone, whatever was drawn for others.
 */
export function newPassword(random: RandomBytes): string {
  return Array.from({ length: PASSWORD_BYTES }, () =>
    PASSWORD_CHARACTERS.charAt(below(random, PASSWORD_CHARACTERS.length)),
  ).join('')
}

/** A signaling key as it is sent: cipher key (32 bytes) and MAC key (20), in padded Base64 (E-18). */
export function newSignalingKey(random: RandomBytes): string {
  return signalingKeyText(signalingKey(random(SIGNALING_KEY_BYTES)))
}

const GREATEST_REGISTRATION_ID = 0x3fff

/** A registration id: 14 bits, and never 0, which switches the server's check off (E-57). */
export function newRegistrationId(random: RandomBytes): number {
  return 1 + below(random, GREATEST_REGISTRATION_ID)
}

const APN_TOKEN_BYTES = 32
const GCM_TOKEN_BYTES = 102

/** A push id of the form the push service issues: 64 hexadecimal digits for APN, `APA91b…` for GCM. */
export function newPushId(kind: PushKind, random: RandomBytes): string {
  if (kind === 'apn') return Buffer.from(random(APN_TOKEN_BYTES)).toString('hex')
  return `APA91b${Buffer.from(random(GCM_TOKEN_BYTES)).toString('base64url')}`
}

const BITS_32 = 2 ** 32

/** A whole number from 0 to `bound` - 1, each equally likely. */
function below(random: RandomBytes, bound: number): number {
  const bytes = random(4)
  const drawn = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  const fair = BITS_32 - (BITS_32 % bound)
  return drawn < fair ? drawn % bound : below(random, bound)
}
