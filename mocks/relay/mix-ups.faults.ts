import type { Json } from '#mocks/engine/reply.ts'
import { settling } from './also-changing.ts'
import type { Delivery } from './pushes.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type RelayFault } from './fault.ts'

const { directory, prekeys, pushes } = documented

const SEVERAL = 3

/** Faults by which one of several is taken for another: devices, keys, contacts, attachments. */
export const MIX_UP_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-27/hands-on-by-ascending-ids',
    'of three messages the first goes to the device with the smallest id, whatever device it names',
    { messages: { deliveries: byAscendingIds } },
  ),
  fault(
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
    'RELAY-PUSH-18/seals-for-the-first-over-apn',
    'pushes over APN to a device other than the first are sealed with the key of the first that has a GCM id',
    {
      pushes: {
        signalingKey: (delivery, scene) => {
          const { device, recipient } = delivery
          const [first] = recipient.devices.values()
          const isMixedUp = device.apnId !== null && device.id > 1 && typeof first?.gcmId === 'string'
          return pushes.signalingKey(isMixedUp ? { ...delivery, device: first } : delivery, scene)
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
    'RELAY-ATTACHMENT-14/overwrites-the-latest',
    'what is uploaded to a place that is filled is stored in the latest place of its client',
    settling('upload-blob', ['stored'], ({ event: { key }, decision, state: { blobs } }) => {
      const { latest } = blobs
      const isFilled = blobs.bytes(key) !== undefined && latest?.owner === blobs.byKey(key)?.owner
      return {
        ...decision,
        changes: decision.changes.map((change) =>
          change.kind === 'blob-stored' && isFilled ? { ...change, key: latest?.key ?? key } : change,
        ),
      }
    }),
  ),
  walkFault(
    'RELAY-DIRECTORY-16/counts-unknown-tokens',
    'supportsSms of a contact is that of the token in its place, counting unknown ones',
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
