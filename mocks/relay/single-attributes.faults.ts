import { LAST_RESORT_KEY_ID } from '#protocol/relay/prekeys.ts'
import { apnNotification } from '#protocol/relay/notifications.ts'
import { serving } from './prekey-texts.faults.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { directory, prekeys, pushes } = documented

/** Faults in one attribute of one kind of thing, in one situation. */
export const SINGLE_ATTRIBUTE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-23/takes-the-type-of-the-first',
    'every message of a set is pushed with the type of the first',
    {
      messages: {
        deliveries: (deliveries) =>
          deliveries.map((delivery) => ({
            ...delivery,
            message: { ...delivery.message, type: deliveries[0]?.message.type ?? delivery.message.type },
          })),
      },
    },
  ),
  walkFault(
    'RELAY-DIRECTORY-12/forgets-sms-of-several-devices',
    'supportsSms is left out where a contact has more than one device',
    {
      directory: {
        matches: (tokens, scene) =>
          directory.matches(tokens, scene).map((contact) => {
            const number = scene.state.numbersByToken.get(contact.token) ?? ''
            const devices = scene.state.accounts.get(number)?.devices.size ?? 0
            return devices > 1 && contact.relay === null ? { ...contact, supportsSms: false } : contact
          }),
      },
    },
  ),
  walkFault(
    'RELAY-KEYS-11/changes-the-id-of-the-last-resort-key',
    'the last resort key has another id when it is handed out again',
    {
      prekeys: {
        entry: serving(({ device, prekey }, { account, scene: { state } }) => {
          const latest = state.prekeys.get(prekeys.shelf(account.number, device.id))?.latest?.prekey
          return prekey.lastResort && latest === prekey ? { keyId: LAST_RESORT_KEY_ID - 1 } : {}
        }),
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-22/alerts-first-devices',
    'an APN notification for a device other than the first has an empty alert',
    {
      pushes: {
        notification: {
          apn: (payload, delivery, scene) =>
            delivery.device.id === 1
              ? pushes.notification.apn(payload, delivery, scene)
              : apnNotification({ alert: '', place: 'top', payload }),
        },
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-12/names-the-recipient-to-its-further-devices',
    'pushes to a device other than the first name its own number as their source',
    {
      pushes: {
        signal: (delivery, scene) => {
          const signal = pushes.signal(delivery, scene)
          return delivery.device.id === 1 ? signal : { ...signal, source: delivery.recipient.number }
        },
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-16/keeps-the-first-time-alone',
    'the messages of a set behind the first are pushed with the timestamp 0',
    {
      messages: {
        deliveries: (deliveries) =>
          deliveries.map((delivery, place) =>
            place === 0 ? delivery : { ...delivery, message: { ...delivery.message, timestamp: 0n } },
          ),
      },
    },
  ),
]
