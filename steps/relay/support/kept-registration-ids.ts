import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { withBody, type WireRequest } from '#driver/wire-request.ts'
import type { Observed } from '../../shared/support/session.ts'
import { items, jsonOf, members } from './json-members.ts'
import type { Party } from './party.ts'

/** Who may be addressed: a number, and what its devices were added with. */
export type Addressee = Pick<Party, 'number' | 'devices'>

const STALE = 410

/**
 * The messages that were refused, once more: where 0 stands for the registration id of a further device, which this relay was
 * taken to drop (E-32), and the refusal calls that device stale, with the id that the device was added with. Null where the
 * refusal has another reason.
 */
export function withKeptIds(
  request: WireRequest,
  { status, answer }: Observed,
  parties: readonly Addressee[],
): WireRequest | null {
  if (status !== STALE || request.body === null) return null
  const read = parsePlainJson(request.body)
  const recipient = parties.find(({ number }) => request.target === `/v1/messages/${number}`)
  if (read.kind !== 'json' || recipient === undefined) return null
  const stale = items(members(jsonOf(answer))['staleDevices']).map(Number)
  const set = members(read.plain)
  const kept = items(set['messages']).map((message) => withKeptId(members(message), stale, recipient))
  const body = JSON.stringify({ ...set, messages: kept })
  return body === fromUtf8(request.body) ? null : { ...withBody(request, body), contract: request.contract }
}

function withKeptId(
  message: Readonly<Record<string, unknown>>,
  stale: readonly number[],
  { devices }: Addressee,
): Readonly<Record<string, unknown>> {
  const { destinationDeviceId: id, destinationRegistrationId } = message
  const device = devices.find((known) => known.id === id && known.id > FIRST_DEVICE)
  const isTakenForDropped =
    destinationRegistrationId === 0 && device !== undefined && stale.includes(device.id)
  return isTakenForDropped
    ? { ...message, destinationRegistrationId: Number(device.registrationId) }
    : message
}
