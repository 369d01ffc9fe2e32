import type { RelayTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import type { CapabilityIo } from './capability-io.ts'
import { commandJson } from './command.ts'
import { openControlPlane } from './control-plane.ts'
import { MissingCapability } from './failures.ts'
import type { Devices, NewDevice } from './new-device.ts'
import { provisionDevice } from './provisioning.ts'

const added = answerReader<{ readonly deviceId: number }>('device-added')
const printedId = answerReader<number>('device-id')

/** The adapter of the target's `devices`; without one, or with a fixed value, it throws MissingCapability. */
export function createDevices(target: RelayTarget, io: CapabilityIo): Devices {
  const source = target.capabilities.devices
  switch (source?.kind) {
    case 'command': {
      const command = { ...source, what: 'devices', redact: io.redact }
      return { add: ({ number }, device) => commandJson(command, argumentsOf(number, device), printedId) }
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
