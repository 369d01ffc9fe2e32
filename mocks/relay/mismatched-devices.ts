import type { Json } from '#mocks/engine/reply.ts'
import type { Addressed } from './message-set.ts'

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
