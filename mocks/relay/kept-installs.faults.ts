import type { Device } from './entities.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { confirmation } = documented
const MOST_REGISTRATION_ID = 0x3fff

/** Faults in what becomes of a client that registers again with a part of what it had before. */
export const KEPT_INSTALL_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-VERIFY-19/counts-a-kept-registration-id-on',
    'a number that registers again with the registration id that it had gets the next one',
    registering((registrationId, previous) =>
      registrationId === previous.registrationId
        ? (registrationId % MOST_REGISTRATION_ID) + 1
        : registrationId,
    ),
  ),
  walkFault(
    'RELAY-VERIFY-19/knows-a-client-by-its-signaling-key',
    'a number that registers again with the signaling key that it had keeps its registration id',
    registering((registrationId, previous, { signalingKey }) =>
      signalingKey === previous.signalingKey ? previous.registrationId : registrationId,
    ),
  ),
]

/** The registration id that the first device of an account gets which was there before. */
function registering(
  idOf: (registrationId: number, previous: Device, device: Device) => number,
): RelayRulebookPatch {
  return {
    confirmation: {
      account: (registration, previous) => {
        const account = confirmation.account(registration, previous)
        const before = previous?.devices.get(1)
        const device = account.devices.get(1)
        if (before === undefined || device === undefined) return account
        const registrationId = idOf(device.registrationId, before, device)
        return { ...account, devices: new Map(account.devices).set(1, { ...device, registrationId }) }
      },
    },
  }
}
