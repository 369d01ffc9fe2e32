import type { Json } from '#mocks/engine/reply.ts'
import type { SubmittedMessage } from './message-set.ts'
import type { Account, Device, Sender } from './entities.ts'

/** A set of messages beside the devices it should be addressed to. */
export interface Addressed {
  readonly sender: Sender
  /** The sending device; null where it is an account of another node. */
  readonly senderDevice: Device | null
  readonly recipient: Account
  /** The devices of the recipient that count (RELAY-MESSAGE-34). */
  readonly reachable: readonly Device[]
  readonly messages: readonly SubmittedMessage[]
}

/** The devices left out of a set, and those in it that do not exist (relay spec, 409 Mismatched Devices). */
export interface Mismatch {
  readonly missing: readonly number[]
  readonly extra: readonly number[]
}

/** RELAY-MESSAGE-07, RELAY-MESSAGE-08, RELAY-MESSAGE-33 */
export function compareDevices({ reachable, messages }: Addressed): Mismatch {
  const registered = reachable.map(({ id }) => id)
  const addressed = messages.map(({ deviceId }) => deviceId)
  return {
    missing: registered.filter((id) => !addressed.includes(id)),
    extra: addressed.filter((id) => !registered.includes(id)),
  }
}

/** RELAY-MESSAGE-09, RELAY-MESSAGE-10, RELAY-ENCODING-16: both members always, ids as numbers */
export function mismatchBody({ missing, extra }: Mismatch): Json {
  return { missingDevices: missing, extraDevices: extra }
}

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
