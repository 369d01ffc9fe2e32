import type { RelaySeen, SeenPush } from '#model/relay/seen.ts'
import { NO_BYTES } from '#model/relay/expected-pushes.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import { fromUtf8, toHex } from '#protocol/bytes.ts'
import type { OpenedFrame } from '#protocol/relay/frame.ts'
import { everyBytes, lastVarint, parseRawFields, type RawField } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import { bytesKey } from './bytes-key.ts'
import { SENDING_APART_MS } from './messages.ts'
import { unknown } from './names.ts'
import { otherNode } from './numbers.ts'
import { openedPush, type UnsealedPush } from './sealed-pushes.ts'
import type { RelayWalkParty } from './walk-party.ts'
import { WalkViolation } from './walk-violation.ts'
import type { RelayPerformer, RelayWalk } from './walk.ts'

/** A relay's own time may be off by so many milliseconds: that of a mock is moved on where a limiter has to refill. */
const MOST_MS_OFF = 86_400_000

/** Looks at all that was pushed to the party so far, once there is as much as was accepted for it. */
export const receive: RelayPerformer = async (walk, ask): Promise<RelaySeen> => {
  const party = walk.party(ask.party)
  const pushes = await pushedTo(party)
  const opened = pushes.map((push) => ({ push, ...openedPush(party, push) }))
  assertHidden(walk, pushes)
  assertFreshIvs(opened.map(({ frame }) => frame))
  return {
    status: null,
    text: `${pushes.length} ${pushes.length === 1 ? 'push' : 'pushes'}`,
    exchange: null,
    pushes: opened.map((each) => pushIn(walk, party, each)),
  }
}

/**
 * All that was pushed to the party, once there is as much as was accepted for it. What has not come once the time for a
 * push is over is not waited for again.
 */
async function pushedTo(party: RelayWalkParty): Promise<readonly Push[]> {
  const { acceptedCount, number, node } = party
  const pushes = await node.capabilities.pushes.received({ number }, acceptedCount)
  party.acceptedCount += pushes.length - acceptedCount
  party.pushedCount = pushes.length
  return pushes
}

/** Waits for what was accepted for the party: what its devices are pushed to and under is about to change. */
export async function allPushed(party: RelayWalkParty): Promise<void> {
  const source = party.node.target.capabilities.pushes
  if (source === null || source.kind === 'fixed') return
  if (party.acceptedCount > party.pushedCount) await pushedTo(party)
}

/** Who sent it is not readable in a notification. */
function assertHidden(walk: RelayWalk, pushes: readonly Push[]): void {
  const numbers = walk.parties().map(({ number }) => number.slice(1))
  if (pushes.some(({ notification }) => numbers.some((number) => notification.includes(number))))
    throw new WalkViolation({
      requirement: 'RELAY-PUSH-20',
      thing: 'notification',
      expected: 'nothing of the signal',
      got: 'the number of a party',
    })
}

/** Each payload has an IV of its own; one payload may go to two push ids. */
function assertFreshIvs(frames: readonly OpenedFrame[]): void {
  const payloads = new Set(frames.map(({ iv, plaintext }) => `${toHex(iv)} ${toHex(plaintext)}`))
  const ivs = [...payloads].map((payload) => payload.replace(/ .*/, ''))
  const repeated = ivs.find((iv, index) => ivs.indexOf(iv) !== index)
  if (repeated !== undefined)
    throw new WalkViolation({
      requirement: 'RELAY-PUSH-07',
      thing: 'IVs of the pushes',
      expected: 'a fresh one each',
      got: `${repeated} again`,
    })
}

type Delivery = UnsealedPush & { readonly push: Push }

function pushIn(walk: RelayWalk, party: RelayWalkParty, { push, install, frame }: Delivery): SeenPush {
  const fields = fieldsOf(frame.plaintext)
  const message = everyBytes(fields, SIGNAL_FIELDS.message).at(-1) ?? new Uint8Array()
  const name = message.length === 0 ? NO_BYTES : walk.messages.nameOf(bytesKey(message))
  return {
    device: push.device,
    to: party.pushIds.nameOf(push.to) ?? unknown(push.to),
    install,
    message: name ?? unknown(`${message.length} bytes`),
    source: sourceIn(walk, fields),
    sourceDevice: varintIn(fields, 'sourceDevice'),
    type: String(BigInt.asIntN(32, lastVarint(fields, SIGNAL_FIELDS.type) ?? 0n)),
    timestamp: timestampIn(walk, fields, name),
    relay: relayIn(walk, party, fields),
  }
}

function fieldsOf(plaintext: Uint8Array): readonly RawField[] {
  const parsed = parseRawFields(plaintext)
  if (parsed.kind === 'fields') return parsed.fields
  throw new WalkViolation({
    requirement: 'RELAY-PUSH-11',
    thing: 'plaintext of a push',
    expected: 'a protobuf message',
    got: parsed.reason,
  })
}

function textIn(fields: readonly RawField[], field: keyof typeof SIGNAL_FIELDS): string | null {
  const bytes = everyBytes(fields, SIGNAL_FIELDS[field]).at(-1)
  return bytes === undefined ? null : fromUtf8(bytes)
}

function varintIn(fields: readonly RawField[], field: keyof typeof SIGNAL_FIELDS): string {
  const value = lastVarint(fields, SIGNAL_FIELDS[field])
  return value === null ? 'absent' : String(value)
}

function sourceIn(walk: RelayWalk, fields: readonly RawField[]): string {
  const source = textIn(fields, 'source')
  const party = walk.parties().find(({ number }) => number === source)
  return party?.name ?? (source === null ? 'absent' : unknown(source))
}

function relayIn(walk: RelayWalk, party: RelayWalkParty, fields: readonly RawField[]): string {
  const relay = textIn(fields, 'relay')
  if (relay === null || relay === '') return 'none'
  if (walk.session.home.target.capabilities.federation === null) return unknown(relay)
  return relay === otherNode(walk, party) ? 'peer' : unknown(relay)
}

/** Whether the bytes of that name were sent with that timestamp. */
function isTimeOf({ messages, sendings }: RelayWalk, name: string, got: bigint): boolean {
  const { timestamp = 0 } = messages.get(name) ?? {}
  return Array.from({ length: sendings.get(name) ?? 1 }, (_, index) =>
    BigInt(timestamp + index * SENDING_APART_MS),
  ).includes(got)
}

/** Whether the time is the one that the message was sent with, or that of the relay. */
function timestampIn(walk: RelayWalk, fields: readonly RawField[], name: string | undefined): string {
  const got = lastVarint(fields, SIGNAL_FIELDS.timestamp)
  if (got === null) return 'absent'
  const isSent = name !== undefined && isTimeOf(walk, name, got)
  const isOwn = Math.abs(Number(got) - Date.now()) <= MOST_MS_OFF
  return isSent || isOwn || name === NO_BYTES ? 'right' : unknown(String(got))
}
