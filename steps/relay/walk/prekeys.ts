import type { Ask } from '#model/ask.ts'
import type { SeenKey } from '#model/relay/seen.ts'
import { fetchPrekeys } from '#driver/relay/operations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { withTarget, type WireRequest } from '#driver/wire-request.ts'
import { items, jsonOf, members } from '../support/json-members.ts'
import { isOk } from '../support/session.ts'
import { authorized, ownCredentials } from './credentials.ts'
import { unknown } from './names.ts'
import { numberOf, relayOf } from './numbers.ts'
import { plainNumber, plainText } from './plain-values.ts'
import type { RelayWalkParty } from './walk-party.ts'
import { seen, type RelayPerformer, type RelayWalk } from './walk.ts'

/** Fetches a prekey of one device of a number, or of each. */
export const fetchAPrekey: RelayPerformer = async (walk, ask) => {
  const { of = ask.party } = ask.values
  if (ask.values['relay'] === 'peer') await walk.synchronised()
  const observed = await walk.ask(walk.party(ask.party), authorized(walk, ask, request(walk, ask, of)))
  if (!isOk(observed)) return seen(observed)
  const list = members(jsonOf(observed.answer))['keys']
  if (!Array.isArray(list)) return seen(observed)
  return { ...seen(observed), keys: items(list).map((entry) => keyIn(walk, walk.party(of), entry)) }
}

/** Targets that are no device id. */
const NO_NUMBERS = ['one', '1a']

function request(walk: RelayWalk, ask: Ask, of: string): WireRequest {
  const { target = '1' } = ask.values
  const number = numberOf(walk, of, ask.values)
  const relay = relayOf(walk, walk.party(ask.party), ask.values)
  const device = target === '*' ? target : (walk.party(of).devices.get(target)?.id ?? Number(target))
  const credentials = ownCredentials(walk, ask)
  if (!NO_NUMBERS.includes(target)) return fetchPrekeys(credentials, number, device, relay)
  const made = fetchPrekeys(credentials, number, 1, relay)
  return withTarget(made, made.target.replace(/\/1(?=\?|$)/, `/${target}`))
}

function keyIn(walk: RelayWalk, owner: RelayWalkParty, entry: unknown): SeenKey {
  const { deviceId, keyId, publicKey, identityKey, registrationId } = members(entry)
  const isLeftOut = readingOf(owner.node.target.dialect, 'zeroKeyId') === 'left out'
  const id = plainNumber((keyId ?? undefined) === undefined && isLeftOut ? 0 : keyId)
  const key = walk.keys.ofPublicKey(plainText(publicKey)) ?? unknown(plainText(publicKey))
  return {
    device: plainNumber(deviceId),
    key,
    keyId: walk.keys.ofPart(key, (each) => each.keyId === id) ?? unknown(plainText(keyId)),
    identityKey:
      walk.keys.ofPart(key, (each) => each.identityKey === identityKey) ?? unknown(plainText(identityKey)),
    registrationId: registrationIdIn(owner, plainNumber(deviceId), registrationId),
  }
}

function registrationIdIn(owner: RelayWalkParty, id: number, got: unknown): string {
  if (got === undefined || got === null) return 'absent'
  const device = [...owner.devices.values()].find((each) => each.id === id)
  const right = device === undefined ? undefined : owner.install(device.install).registrationId
  return plainNumber(got) === right ? 'right' : unknown(JSON.stringify(got))
}
