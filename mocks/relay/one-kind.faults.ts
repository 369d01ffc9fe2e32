import { utf8 } from '#protocol/bytes.ts'
import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { SIGNAL_TYPES } from '#protocol/relay/signals.ts'
import { settling } from './also-changing.ts'
import type { SentPush } from './entities.ts'
import type { RelayState } from './state.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type RelayFault } from './fault.ts'

const { messages } = documented
const { PREKEY_BUNDLE, PLAINTEXT } = SIGNAL_TYPES
const MOST_OVER_APN = 2048

/** Faults in what becomes of messages of one type, or of those that are pushed over one channel. */
export const ONE_KIND_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-12/compares-nothing-for-prekey-bundles',
    'the registration id of a prekey bundle is not compared',
    {
      messages: {
        findStale: (addressed) =>
          messages.findStale({
            ...addressed,
            messages: addressed.messages.filter(({ type }) => type !== PREKEY_BUNDLE),
          }),
      },
    },
  ),
  walkFault(
    'RELAY-MESSAGE-20/takes-plaintext-as-it-is',
    'the body of a message of type PLAINTEXT is pushed as the text that was submitted',
    {
      messages: {
        deliveries: (deliveries) =>
          deliveries.map((delivery) =>
            delivery.message.type === PLAINTEXT
              ? { ...delivery, content: utf8(delivery.message.body) }
              : delivery,
          ),
      },
    },
  ),
  walkFault(
    'RELAY-PUSHID-19/pushes-by-the-kind-of-the-first-device',
    'what is for a device with another kind of push id than the first one of its number is not pushed',
    settling('submit-messages', ['accepted'], ({ decision, state }) => ({
      ...decision,
      changes: decision.changes.filter(
        (change) => change.kind !== 'push-sent' || isPushed(change.sent, state),
      ),
    })),
  ),
  fault(
    'RELAY-MESSAGE-44/cuts-what-apn-does-not-take',
    'of a message of more than 2048 bytes that is pushed over APN the rest is lost',
    {
      messages: {
        deliveries: (deliveries) =>
          deliveries.map((delivery) =>
            delivery.device.apnId === null || delivery.content === null
              ? delivery
              : { ...delivery, content: delivery.content.subarray(0, MOST_OVER_APN) },
          ),
      },
    },
  ),
]

/** Whether the first device of the number has a push id of that kind, or none at all. */
function isPushed({ channel, number }: SentPush, { accounts }: RelayState): boolean {
  const { apnId = null, gcmId = null } = accounts.get(number)?.devices.get(FIRST_DEVICE) ?? {}
  return (channel === 'apn' ? apnId : gcmId) !== null || (apnId ?? gcmId) === null
}
