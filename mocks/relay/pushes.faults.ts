import { encodeBase64 } from '#protocol/base64.ts'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { DOCUMENTED_ALERT } from '#protocol/relay/notifications.ts'
import type { Delivery, PushScene } from './pushes.ts'
import { documented } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'

const { pushes } = documented

/** Faults in the notification that a push gateway is handed. */
export const NOTIFICATION_FAULTS: readonly RelayFault[] = [
  fault('RELAY-PUSH-01/pads-the-payload', 'the payload is padded Base64', {
    pushes: { payloadText: (frame) => encodeBase64(frame, { padded: true }) },
  }),
  fault('RELAY-PUSH-01/writes-hex', 'the payload is hexadecimal', { pushes: { payloadText: toHex } }),
  fault('RELAY-PUSH-01/writes-url-safe-base64', 'the payload is URL-safe Base64', {
    pushes: { payloadText: (frame) => Buffer.from(frame).toString('base64url') },
  }),
  fault('RELAY-PUSH-01/encodes-twice', 'the payload is Base64 of Base64', {
    pushes: { payloadText: (frame) => pushes.payloadText(utf8(pushes.payloadText(frame))) },
  }),
  fault('RELAY-PUSH-01/wraps-the-payload', 'a GCM client receives the payload in quotes', {
    pushes: { notification: { gcm: (payload) => JSON.stringify(payload) } },
  }),
  fault('RELAY-PUSH-02/names-it-message', 'the payload stands in member message', {
    pushes: { notification: { apn: (payload) => notification({ message: payload }) } },
  }),
  fault('RELAY-PUSH-02/has-no-payload', 'an APN notification has no m', {
    pushes: { notification: { apn: () => notification({}) } },
  }),
  fault('RELAY-PUSH-22/has-no-alert', 'an APN notification has no alert', {
    pushes: { notification: { apn: (m) => JSON.stringify({ m }) } },
  }),
  fault('RELAY-PUSH-03/does-not-seal', 'm holds the signal as it is', {
    pushes: {
      notification: { apn: (_payload, delivery, scene) => notification({ m: unsealed(delivery, scene) }) },
    },
  }),
  fault('RELAY-PUSH-03/pads-the-payload', 'm is padded Base64', {
    pushes: {
      notification: {
        apn: (payload) => notification({ m: payload.padEnd(Math.ceil(payload.length / 4) * 4, '=') }),
      },
    },
  }),
  fault('RELAY-PUSH-20/names-the-sender', "an APN notification has the sender's number", {
    pushes: {
      notification: {
        apn: (m, { sender }) => notification({ source: sender.number, m }),
      },
    },
  }),
  fault('RELAY-PUSH-20/alerts-with-the-sender', "the alert ends with the sender's number", {
    pushes: {
      notification: {
        apn: (m, { sender }) => JSON.stringify({ alert: `${DOCUMENTED_ALERT} ${sender.number}`, m }),
      },
    },
  }),
]

function notification(members: Readonly<Record<string, string>>): string {
  return JSON.stringify({ alert: DOCUMENTED_ALERT, ...members })
}

function unsealed(delivery: Delivery, scene: PushScene): string {
  return pushes.payloadText(pushes.encodeSignal(pushes.signal(delivery, scene)))
}
