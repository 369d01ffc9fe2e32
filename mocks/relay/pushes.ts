import { createHmac } from 'node:crypto'
import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { concat } from '#protocol/bytes.ts'
import { encryptCbc, IV_BYTES } from '#protocol/relay/cipher.ts'
import { FRAME_MAC_BYTES, FRAME_VERSION, type MacAlgorithm } from '#protocol/relay/frame.ts'
import { apnNotification, DOCUMENTED_ALERT } from '#protocol/relay/notifications.ts'
import { encodeSignal, type Signal } from '#protocol/relay/signals.ts'
import type { RelayChange } from './changes.ts'
import type { RelayScene } from './scene.ts'
import type { TimedMessage } from './message-set.ts'
import type { Account, Device, PushChannel, SentPush, Sender } from './entities.ts'

/** What the rules of sealed pushes may read. */
export type PushScene = RelayScene<{ readonly pushes: PushRules }>

/** A message on its way to one device. `content` is what its body decodes to, null where it decodes to nothing. */
export interface Delivery {
  readonly sender: Sender
  readonly recipient: Account
  readonly device: Device
  readonly message: TimedMessage
  readonly content: Uint8Array | null
}

/** The parts a frame is put together from. */
export interface FrameParts {
  readonly version: Uint8Array
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly mac: Uint8Array
  readonly plaintext: Uint8Array
}

/** A part of a sealed frame: version, initialization vector, ciphertext, MAC. */
export type FramePart = keyof FrameParts

/** A key and an initialisation vector. */
export interface Sealing {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/** How a message becomes a push (relay spec, Receiving a message). */
export interface PushRules {
  readonly signal: (delivery: Delivery, scene: PushScene) => Signal
  readonly encodeSignal: (signal: Signal) => Uint8Array
  /** The key that seals a push; null where it cannot be used, and then nothing is pushed. */
  readonly signalingKey: (delivery: Delivery, scene: PushScene) => Uint8Array | null
  readonly cipherKey: (signalingKey: Uint8Array) => Uint8Array
  readonly macKey: (signalingKey: Uint8Array) => Uint8Array
  readonly version: number
  readonly iv: (delivery: Delivery, scene: PushScene) => Uint8Array
  readonly encrypt: (sealing: Sealing, plaintext: Uint8Array) => Uint8Array
  readonly macAlgorithm: MacAlgorithm
  readonly macBytes: number
  /** What the MAC is computed over, in order. */
  readonly macCovers: readonly Exclude<FramePart, 'mac'>[]
  readonly mac: (algorithm: MacAlgorithm, key: Uint8Array, covered: Uint8Array) => Uint8Array
  /** What the frame consists of, in order. */
  readonly frame: readonly FramePart[]
  readonly payloadText: (frame: Uint8Array) => string
  /** Through which channels a device is reached, and under which ids. */
  readonly channels: (device: Device) => readonly Address[]
  readonly notification: Readonly<
    Record<PushChannel, (payload: string, delivery: Delivery, scene: PushScene) => string>
  >
}

/** A push id of a device; of a websocket the id of the device. */
export interface Address {
  readonly channel: PushChannel
  readonly to: string
}

const SIGNALING_KEY_BYTES = 52
const CIPHER_KEY_BYTES = 32

/** How the relay spec seals and delivers a message (Receiving a message). */
export const documentedPushes: PushRules = {
  // RELAY-PUSH-12 to RELAY-PUSH-17, E-36: the sender's own timestamp
  signal: ({ sender, message, content }) => ({
    type: message.type,
    source: sender.number,
    sourceDevice: sender.deviceId,
    ...(sender.relay === null ? {} : { relay: sender.relay }),
    timestamp: message.timestamp,
    ...(content === null ? {} : { message: content }),
  }),
  // RELAY-PUSH-11
  encodeSignal: (signal) => encodeSignal(signal),
  // RELAY-PUSH-18, RELAY-PUSH-19: the addressee's own
  signalingKey: ({ device }) => wholeKey(decodeBase64(device.signalingKey)),
  // RELAY-VERIFY-14
  cipherKey: (signalingKey) => signalingKey.subarray(0, CIPHER_KEY_BYTES),
  macKey: (signalingKey) => signalingKey.subarray(CIPHER_KEY_BYTES),
  // RELAY-PUSH-05
  version: FRAME_VERSION,
  // RELAY-PUSH-07
  iv: (_delivery, { world }) => world.randomBytes(IV_BYTES),
  // RELAY-PUSH-06
  encrypt: encryptCbc,
  // E-14: the relay spec's words
  macAlgorithm: 'sha1',
  // RELAY-PUSH-08
  macBytes: FRAME_MAC_BYTES,
  // RELAY-PUSH-10
  macCovers: ['version', 'iv', 'ciphertext'],
  mac: (algorithm, key, covered) => createHmac(algorithm, key).update(covered).digest(),
  // RELAY-PUSH-04
  frame: ['version', 'iv', 'ciphertext', 'mac'],
  // RELAY-PUSH-01, E-16
  payloadText: (frame) => encodeBase64(frame, { padded: false }),
  // RELAY-PUSHID-13, RELAY-PUSHID-14
  channels: ({ gcmId, apnId }) => {
    if (gcmId !== null) return [{ channel: 'gcm', to: gcmId }]
    return apnId === null ? [] : [{ channel: 'apn', to: apnId }]
  },
  notification: {
    gcm: (payload) => payload,
    // E-33: no device is reached so
    websocket: (payload) => payload,
    // RELAY-PUSH-02, RELAY-PUSH-03, E-34
    apn: (payload) => apnNotification({ alert: DOCUMENTED_ALERT, place: 'top', payload }),
  },
}

/** The bytes of a signaling key; null where they are not 52. */
export function wholeKey(
  decoded: { readonly kind: 'decoded'; readonly bytes: Uint8Array } | { readonly kind: 'parse-error' },
): Uint8Array | null {
  return decoded.kind === 'decoded' && decoded.bytes.length === SIGNALING_KEY_BYTES ? decoded.bytes : null
}

/** The push of a delivery through each channel of its device; null where the device's key cannot be used. */
export function push(delivery: Delivery, scene: PushScene): readonly RelayChange[] | null {
  const { pushes } = scene.rulebook
  const signalingKey = pushes.signalingKey(delivery, scene)
  if (signalingKey === null) return null
  const payload = pushes.payloadText(seal(delivery, signalingKey, scene))
  return pushes
    .channels(delivery.device)
    .map((address) => ({ kind: 'push-sent', sent: sent(delivery, address, { payload, scene }) }))
}

function sent(
  delivery: Delivery,
  { channel, to }: Address,
  { payload, scene }: { readonly payload: string; readonly scene: PushScene },
): SentPush {
  const notification = scene.rulebook.pushes.notification[channel](payload, delivery, scene)
  const { recipient, device } = delivery
  return { number: recipient.number, device: device.id, channel, to, notification, at: scene.world.nowMs() }
}

/** The frame: `version(1) | iv(16) | ciphertext(16k) | mac(10)`, encrypted first, then authenticated. */
function seal(delivery: Delivery, signalingKey: Uint8Array, scene: PushScene): Uint8Array {
  const { pushes } = scene.rulebook
  const plaintext = pushes.encodeSignal(pushes.signal(delivery, scene))
  const iv = pushes.iv(delivery, scene)
  const version = Uint8Array.of(pushes.version)
  const ciphertext = pushes.encrypt({ key: pushes.cipherKey(signalingKey), iv }, plaintext)
  const parts = { version, iv, ciphertext, plaintext, mac: new Uint8Array() }
  const covered = concat(...pushes.macCovers.map((part) => parts[part]))
  const mac = pushes.mac(pushes.macAlgorithm, pushes.macKey(signalingKey), covered)
  const whole: FrameParts = { ...parts, mac: mac.subarray(0, pushes.macBytes) }
  return concat(...pushes.frame.map((part) => whole[part]))
}
