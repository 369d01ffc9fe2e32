import type { ParseError } from '#protocol/parse-error.ts'
import { decryptCbc } from '#protocol/relay/cipher.ts'
import { diagnoseFrame, type OtherKeys } from '#protocol/relay/frame-diagnosis.ts'
import type { FrameAspect, FrameMistake } from '#protocol/relay/frame-readings.ts'
import { parseFrame, type Frame, type OpenedFrame, type RefusedFrame } from '#protocol/relay/frame.ts'
import { parseApnNotification, parseGcmNotification } from '#protocol/relay/notifications.ts'
import { parsePayload, type PushPayload } from '#protocol/relay/payload.ts'
import { everyBytes, parseRawFields, type RawField } from '#protocol/relay/raw-fields.ts'
import { parseSignalingKey, splitSignalingKey, type SignalingKey } from '#protocol/relay/signaling-key.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import type { Check } from '../../shared/support/check.ts'
import { takeFrameApart } from './frame-parts.ts'
import type { PartyDevice } from './party.ts'

/** A push taken apart. It is read leniently, so that one mistake of it does not hide the rest. */
export interface OpenedPush {
  /** The payload's text, out of the notification. */
  readonly text: string
  readonly payload: PushPayload
  readonly frame: Frame
  readonly plaintext: Uint8Array
  readonly fields: readonly RawField[]
  /** Field 6, empty where there is none. */
  readonly message: Uint8Array
}

/** Who a push is for, and whose keys it may have been sealed with by mistake, asked where it does not open. */
export interface Keyholders {
  readonly device: PartyDevice
  readonly others: () => OtherKeys
}

/**
 * Opens a push with the key of its device, without a look at the MAC. What cannot be read violates the
 * requirement that says how it is written.
 */
export function openPush(check: Check, push: Push, { device, others }: Keyholders): OpenedPush {
  const text = payloadText(check, push)
  const payload = required(
    check,
    { requirement: 'RELAY-PUSH-01', thing: 'payload of a push', expected: 'Base64' },
    parsePayload(text),
  )
  const key = keyOf(device)
  const diagnose = () => diagnoseFrame(payload.bytes, key, others())[0]
  const opened = takeFrameApart(check, push, { bytes: payload.bytes, key, mistake: diagnose })
  const parsed = parseFrame(payload.bytes)
  const aspect = parsed.kind === 'parse-error' ? (diagnose()?.aspect ?? 'layout') : 'layout'
  const frame = required(
    check,
    {
      requirement: violatedBy[aspect],
      thing: 'frame of a push',
      expected: 'version | iv | ciphertext | mac',
    },
    parsed,
  )
  const plaintext = decipher(check, { frame, key, opened, diagnose })
  const { fields } = required(
    check,
    { requirement: 'RELAY-PUSH-11', thing: 'plaintext of a push', expected: 'a protobuf message' },
    parseRawFields(plaintext),
  )
  const message = everyBytes(fields, SIGNAL_FIELDS.message).at(-1) ?? new Uint8Array()
  return { text, payload, frame, plaintext, fields, message }
}

/** The payload's text out of the notification: what a GCM client gets, or member `m` of what an APN client gets. */
export function payloadText(check: Check, push: Push): string {
  const gcm = push.channel === 'gcm'
  const parsed = gcm ? parseGcmNotification(push.notification) : parseApnNotification(push.notification)
  const requirement = gcm ? 'RELAY-PUSH-01' : 'RELAY-PUSH-02'
  const expected = gcm ? 'a payload' : 'JSON with an alert and a payload'
  return required(check, { requirement, thing: `notification by ${push.channel}`, expected }, parsed).payload
}

/** The signaling key the device was registered with. */
export function keyOf(device: PartyDevice): SignalingKey {
  const parsed = parseSignalingKey(device.signalingKey)
  if (parsed.kind === 'parse-error') throw new Error(`the suite made a bad signaling key: ${parsed.reason}`)
  return parsed.key
}

interface Sealed {
  readonly frame: Frame
  readonly key: SignalingKey
  readonly opened: OpenedFrame | RefusedFrame
  readonly diagnose: () => FrameMistake | undefined
}

/** The requirement that each mistake of a frame violates. */
export const violatedBy: Readonly<Record<FrameAspect, string>> = {
  layout: 'RELAY-PUSH-04',
  cipher: 'RELAY-PUSH-06',
  mac: 'RELAY-PUSH-09',
  coverage: 'RELAY-PUSH-10',
  'cipher-key': 'RELAY-PUSH-06',
  owner: 'RELAY-PUSH-18',
  other: 'RELAY-PUSH-08',
}

/**
 * The plaintext of a frame under the first part of the key, whether or not its MAC is right. Where that fails, or gives what is no message though a
 * known mistake explains it, the diagnosis says what is violated.
 */
function decipher(check: Check, { frame, key, opened, diagnose }: Sealed): Uint8Array {
  const plaintext =
    opened.kind === 'opened'
      ? opened.plaintext
      : decryptCbc({ key: splitSignalingKey(key).cipherKey, iv: frame.iv }, frame.ciphertext)
  const readable = plaintext !== null && parseRawFields(plaintext).kind === 'fields'
  const diagnosis = readable ? undefined : diagnose()
  check.that({
    requirement: violatedBy[diagnosis?.aspect ?? 'cipher'],
    thing: 'frame of a push',
    expected: 'AES-256-CBC with PKCS#5 padding under signalingKey bytes 0-31',
    got: diagnosis?.mistake ?? (plaintext === null ? 'what does not decipher to whole padding' : 'that'),
    holds: plaintext !== null && diagnosis === undefined,
  })
  return plaintext ?? new Uint8Array()
}

interface Stage {
  readonly requirement: string
  readonly thing: string
  readonly expected: string
}

/** Asserts that a stage could be read, and gives what was read. */
function required<Value extends { readonly kind: string }>(
  check: Check,
  stage: Stage,
  value: Value | ParseError,
): Value {
  const mistake = isParseError(value) ? value.reason : null
  check.that({ ...stage, got: mistake ?? 'that', holds: mistake === null })
  if (isParseError(value)) throw new Error('an assertion that failed did not end the step')
  return value
}

function isParseError(value: { readonly kind: string }): value is ParseError {
  return value.kind === 'parse-error'
}
