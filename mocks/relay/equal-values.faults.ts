import { createHash } from 'node:crypto'
import { IV_BYTES } from '#protocol/relay/cipher.ts'
import { noting } from '#mocks/engine/memory.ts'
import type { Delivery } from './pushes.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { prekeys } = documented

const bodiesFor = noting<string>()

/** Faults by which two things are one where their values, or the lengths of these, are the same. */
export const EQUAL_VALUE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-36/takes-equal-bytes-for-a-repetition',
    'a message with the bytes of an earlier one from its sender to its device is taken and not pushed',
    {
      messages: {
        deliveries: (deliveries, { state }) => deliveries.filter((delivery) => isNew(state, delivery)),
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-07/derives-the-iv-from-the-message',
    'two pushes of the same bytes have the same IV',
    {
      pushes: {
        iv: ({ message: { body } }) => createHash('sha256').update(body).digest().subarray(0, IV_BYTES),
      },
    },
  ),
  walkFault(
    'RELAY-PREKEY-09/gives-the-keys-of-the-newest-device',
    'a request for the keys of the second of three devices is answered with those of the third',
    {
      prekeys: {
        entry: (handing, asking) => {
          const { account, asked, scene } = asking
          const third = [...account.devices.values()][2]
          const isMixedUp = third !== undefined && asked === [...account.devices.keys()][1]
          const other = isMixedUp
            ? scene.state.prekeys.get(prekeys.shelf(account.number, third.id))?.smallest
            : undefined
          return prekeys.entry(other === undefined ? handing : { ...handing, prekey: other }, asking)
        },
      },
    },
  ),
]

function isNew(state: object, { sender, device, recipient, message }: Delivery): boolean {
  const way = `${sender.number}.${sender.deviceId} ${recipient.number}.${device.id}`
  return !bodiesFor(state, way, message.body).slice(0, -1).includes(message.body)
}
