import { noting } from '#mocks/engine/memory.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { Delivery } from './pushes.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { attachments, directory, prekeys, pushes } = documented

const SEVERAL = 3
const idsOf = noting<string>()
/** The id whose attachment is found under an id. */
const meantBy = new Map<string, string>()

/** Faults by which one of several is taken for another: devices, keys, contacts, attachments. */
export const MIX_UP_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-27/hands-on-by-ascending-ids',
    'of three messages the first goes to the device with the smallest id, whatever device it names',
    { messages: { deliveries: byAscendingIds } },
  ),
  walkFault(
    'RELAY-PUSH-13/calls-the-third-device-the-second',
    'what a third device sends is pushed as the second one’s',
    {
      pushes: {
        signal: (delivery, scene) => {
          const signal = pushes.signal(delivery, scene)
          return delivery.sender.deviceId === SEVERAL ? { ...signal, sourceDevice: 2 } : signal
        },
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-18/seals-for-the-second-of-three',
    'pushes to a third device are sealed with the key of the second',
    {
      pushes: {
        signalingKey: (delivery, scene) => {
          const second = delivery.recipient.devices.get(2)
          const device = delivery.device.id === SEVERAL && second !== undefined ? second : delivery.device
          return pushes.signalingKey({ ...delivery, device }, scene)
        },
      },
    },
  ),
  walkFault(
    'RELAY-KEYS-07/mixes-up-the-keys-of-three-devices',
    'a star of three entries has the public keys of the last two exchanged',
    { prekeys: { body: (entries, asking) => prekeys.body(exchanged(entries), asking) } },
  ),
  walkFault(
    'RELAY-ATTACHMENT-14/finds-the-second-for-the-third',
    'under the third id that a client was given the attachment of the second is found',
    {
      attachments: {
        drawId: (caller, scene) => {
          const id = attachments.drawId(caller, scene)
          const ids = idsOf(scene.state, caller.account.number, id)
          meantBy.set(id, ids.length === SEVERAL ? (ids[1] ?? id) : id)
          return id
        },
        find: (id, scene) => attachments.find(meantBy.get(id) ?? id, scene),
      },
    },
  ),
  walkFault(
    'RELAY-DIRECTORY-16/counts-unknown-tokens',
    'what is told of SMS of a contact is that of the token in its place, unknown ones among them',
    {
      directory: {
        matches: (tokens, scene) =>
          directory.matches(tokens, scene).map((contact, place) => ({
            ...contact,
            supportsSms: directory.find(tokens[place] ?? '', scene)?.supportsSms ?? contact.supportsSms,
          })),
      },
    },
  ),
]

function byAscendingIds(deliveries: readonly Delivery[]): readonly Delivery[] {
  if (deliveries.length < SEVERAL) return deliveries
  const devices = deliveries.map(({ device }) => device).toSorted((one, other) => one.id - other.id)
  return deliveries.map((delivery, place) => ({ ...delivery, device: devices[place] ?? delivery.device }))
}

function exchanged(entries: readonly Json[]): readonly Json[] {
  const [second, third] = [entries.at(-2), entries.at(-1)]
  if (entries.length < SEVERAL || !isEntry(second) || !isEntry(third)) return entries
  return [
    ...entries.slice(0, -2),
    { ...second, publicKey: third['publicKey'] },
    { ...third, publicKey: second['publicKey'] },
  ]
}

function isEntry(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
