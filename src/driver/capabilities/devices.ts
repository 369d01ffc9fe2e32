import type { Credentials } from '#protocol/relay/credentials.ts'
import type { RelayTarget } from '../target.ts'
import type { CapabilityIo } from './capability-io.ts'
import { commandJson } from './command.ts'
import { openControlPlane } from './control-plane.ts'
import { MissingCapability } from './failures.ts'
import { provisionDevice } from './provisioning.ts'
import type { Reader } from './reading.ts'
import { count, object } from './reading.ts'

/** A device to be added, as a confirmation would describe it. `signalingKey` is Base64 text. */
export interface NewDevice {
  readonly password: string
  readonly signalingKey: string
  readonly registrationId: number
  readonly supportsSms: boolean
}

/** Whose account a device is added to: its number, and the credentials of a device that it has. */
export interface Owner {
  readonly number: string
  readonly credentials: Credentials
}

/** A way to add devices to an account: the page uses them everywhere and nothing in it creates one (E-30). */
export interface Devices {
  /** Adds a device to that account; gives the id it got. */
  add(owner: Owner, device: NewDevice): Promise<number>
}

const added: Reader<{ readonly deviceId: number }> = object({ deviceId: count })

/** The adapter of the target's `devices`; without one, or with a fixed value, it throws MissingCapability. */
export function createDevices(target: RelayTarget, io: CapabilityIo): Devices {
  const source = target.capabilities.devices
  switch (source?.kind) {
    case 'command': {
      const command = { what: 'devices', command: source.command }
      return { add: ({ number }, device) => commandJson(command, argumentsOf(number, device), count) }
    }
    case 'mock-control': {
      const plane = openControlPlane('devices', source.url, target)
      return {
        add: async ({ number }, device) =>
          (await plane.post('/devices', { number, ...device }, added)).deviceId,
      }
    }
    case 'provisioning':
      return { add: provisionDevice(target, io) }
    case 'fixed':
    case undefined:
      return { add: () => Promise.reject(new MissingCapability('devices')) }
    default:
      return source satisfies never
  }
}

function argumentsOf(
  number: string,
  { password, signalingKey, registrationId }: NewDevice,
): readonly string[] {
  return [number, password, signalingKey, String(registrationId)]
}
