import type { Json } from '#mocks/engine/reply.ts'
import type { Addressed } from './message-set.ts'

/** RELAY-MESSAGE-12, RELAY-MESSAGE-15, RELAY-MESSAGE-18: the addressed devices whose registration is another now. */
export function findStale({ recipient, messages }: Addressed): readonly number[] {
  return messages
    .filter(({ deviceId, registrationId }) => {
      const current = recipient.devices.get(deviceId)?.registrationId
      return registrationId !== null && current !== undefined && registrationId !== current
    })
    .map(({ deviceId }) => deviceId)
}

/** RELAY-MESSAGE-13, RELAY-ENCODING-16 */
export function staleBody(stale: readonly number[]): Json {
  return { staleDevices: stale }
}
