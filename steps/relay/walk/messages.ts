import type { Ask } from '#model/ask.ts'
import type { RelaySeen } from '#model/relay/seen.ts'
import { messageName, typeOf } from '#model/relay/expected-pushes.ts'
import { namesIn } from '#model/relay/addressed.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { sendMessages, type OutgoingMessage } from '#driver/relay/operations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { numberBetween } from '../../shared/support/randomness.ts'
import type { Observed } from '../../shared/support/session.ts'
import { items, jsonOf, members } from '../support/json-members.ts'
import { isOk } from '../support/session.ts'
import { spoilt, type Spoilt } from './bodies.ts'
import { bytesKey } from './bytes-key.ts'
import { authorized, ownCredentials } from './credentials.ts'
import { numberOf, relayOf } from './numbers.ts'
import { plainNumber } from './plain-values.ts'
import { FIRST, type RelayWalkParty } from './walk-party.ts'
import { numberIn, seen, type RelayPerformer, type RelayWalk, type WalkedMessage } from './walk.ts'

const USUAL_BYTES = 25
const MOST_REGISTRATION_ID = 0x3fff
const FIRST_TIMESTAMP_MS = 1_400_000_000_000
const TIMESTAMP_SPAN_MS = 2 ** 31
/** How much later than the time before the same bytes are sent again. */
export const SENDING_APART_MS = 1000
/** Draws before bytes are taken that another message has: there are few of one byte. */
const MOST_DRAWS = 100

/** The ways to spoil the body of a set of so many messages. */
const waysOf = (count: number): Readonly<Record<string, Spoilt>> => ({
  'without messages': { path: 'messages' },
  'messages null': { path: 'messages', value: null },
  'a message without body': { path: 'messages.0.body' },
  'a message with body null': { path: 'messages.0.body', value: null },
  'the last message without body': { path: `messages.${count - 1}.body` },
})

/** Submits a message for each device that an ask addresses. */
export const sendAMessageEach: RelayPerformer = async (walk, ask) => {
  const caller = walk.party(ask.party)
  const { to = ask.party, devices, body } = ask.values
  const names = namesIn(devices)
  const messages = names.map((name, index) => outgoing(walk, ask, { to: walk.party(to), name, index }))
  const relay = relayOf(walk, caller, ask.values)
  const number = numberOf(walk, to, ask.values)
  const request = sendMessages(ownCredentials(walk, ask), number, { messages, relay })
  if (ask.values['relay'] === 'peer') await walk.synchronised()
  const observed = await walk.ask(caller, authorized(walk, ask, spoilt(request, body, waysOf(names.length))))
  if (isOk(observed)) walk.party(to).acceptedCount += names.length
  return { ...seen(observed), ...listsIn(observed) }
}

interface Route {
  readonly to: RelayWalkParty
  readonly name: string
  /** Its place in the set. */
  readonly index: number
}

function outgoing(walk: RelayWalk, ask: Ask, route: Route): OutgoingMessage {
  const { to, name, index } = route
  const { dialect } = to.node.target
  const own = messageName(ask, name)
  const { bytes, timestamp: first } = walk.messages.drawn(own, () => newMessage(walk, ask))
  const timestamp = first + SENDING_APART_MS * (walk.sendings.get(own) ?? 0)
  walk.sendings.set(own, (walk.sendings.get(own) ?? 0) + 1)
  return {
    type: typeOf(ask, index),
    destinationDeviceId: to.devices.get(name)?.id ?? Number(name),
    destinationRegistrationId: registrationId(ask, route),
    body: encodeBase64(bytes, { padded: readingOf(dialect, 'bodySent') === 'padded' }),
    timestamp: readingOf(dialect, 'timestampSent') === 'text' ? String(timestamp) : timestamp,
  }
}

function newMessage(walk: RelayWalk, { values }: Ask): WalkedMessage {
  const { random } = walk.session
  const timestamp = FIRST_TIMESTAMP_MS + numberBetween(random, 1, TIMESTAMP_SPAN_MS)
  return { bytes: newBytes(walk, numberIn(values, 'size', USUAL_BYTES), MOST_DRAWS), timestamp }
}

/** Bytes that no other message has, where a few draws find some. */
function newBytes(walk: RelayWalk, size: number, draws: number): Uint8Array {
  const bytes = walk.session.random(size)
  const isTaken = size > 0 && walk.messages.nameOf(bytesKey(bytes)) !== undefined
  return isTaken && draws > 0 ? newBytes(walk, size, draws - 1) : bytes
}

/** The id that a set gives for a device: the right one, another, or that of an earlier registration. */
function registrationId({ values }: Ask, { to, name }: Route): number {
  const right = to.install(to.device(name).install).registrationId
  const isStale = namesIn(values['stale'] ?? 'none').includes(name)
  if (isStale) return staleId(to, right, values['staleness'])
  if (name !== FIRST && readingOf(to.node.target.dialect, 'addedRegistrationId') === 'dropped') return 0
  const { session } = values
  return name === FIRST && session !== undefined
    ? to.install(`registration ${session}`).registrationId
    : right
}

/** An id that is not the device's: near it, another device's, or any. */
function staleId(to: RelayWalkParty, right: number, staleness: string | undefined): number {
  const others = [...to.devices.values()].map(({ install }) => to.install(install).registrationId)
  const ids: Readonly<Record<string, number | undefined>> = {
    "another device's": others.find((id) => id !== right),
    'a digit more': right * 10 + 1,
    'a digit less': Math.floor(right / 10),
  }
  const id = ids[staleness ?? '']
  return id === undefined || id === 0 ? otherId(to, right) : id
}

/** An id that none of the party's installs has. */
function otherId(to: RelayWalkParty, right: number): number {
  const taken = [...to.installs().values()].map((install) => install.registrationId)
  const next = (right % MOST_REGISTRATION_ID) + 1
  return taken.includes(next) ? otherId(to, next) : next
}

function listsIn({ status, answer }: Observed): Partial<RelaySeen> {
  const json = jsonOf(answer)
  if (json === undefined || (status !== 409 && status !== 410)) return {}
  const body = members(json)
  const ids = (name: string) => items(body[name]).map(plainNumber)
  return status === 409
    ? { missing: ids('missingDevices'), extra: ids('extraDevices') }
    : { stale: ids('staleDevices') }
}
