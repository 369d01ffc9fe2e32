import { fromUtf8, toHex } from '#protocol/bytes.ts'
import type { RawField } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import { lastAccepted } from './deliveries.ts'
import type { SentMessage } from './party.ts'
import { newestDelivery } from './received.ts'
import type { RelaySession } from './session.ts'

/** A field as a table writes it: its number, its wire type, and the member of the signal that it holds. */
type FieldRow = readonly [number: string, wireType: string, member: string]

/** Asserts that the newest signal to a party has those fields, and notes others: their reader ignores them. */
export async function assertFields(
  session: RelaySession,
  name: string,
  rows: readonly FieldRow[],
): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const [message] = lastAccepted(session.party(name))
  if (message === undefined) throw new Error(`no message was accepted for ${name}: the scenario needs one`)
  const written = opened.fields.filter((field) => !isEmptyRelay(field))
  const known = written.filter(({ number }) => KNOWN_FIELDS.includes(number))
  const layout = rows.map(([number, wireType]) => `${number} ${wireType}`)
  session.check.equal('fields of the signal', inOrder(layout), inOrder(known.map(place)))
  const others = written.filter((field) => !known.includes(field))
  if (others.length > 0) session.check.note(`further fields of the signal: ${inOrder(others.map(place))}`)
  for (const [number, , member] of rows) {
    const field = opened.fields.find((one) => one.number === Number(number))
    session.check.equal(`field ${number}`, member, memberIn(field, member, message))
  }
}

/** The fields that the relay spec names. */
const KNOWN_FIELDS: readonly number[] = Object.values(SIGNAL_FIELDS)

/** An optional text that is empty means the same as one left out. */
function isEmptyRelay(field: RawField): boolean {
  return field.number === SIGNAL_FIELDS.relay && field.kind === 'bytes' && field.value.length === 0
}

function place({ number, kind }: RawField): string {
  return `${number} ${kind}`
}

/** Fields may stand in any order. */
function inOrder(places: readonly string[]): string {
  return places.toSorted().join(', ')
}

/** The member whose value a field holds; the expected one where it holds no member's, since other assertions judge the values. */
function memberIn(field: RawField | undefined, expected: string, message: SentMessage): string {
  const held = field === undefined ? '' : valueOf(field)
  const own = values(message).get(expected)
  const others = [...values(message)].filter(([, value]) => value === held).map(([member]) => member)
  return held === own ? expected : (others[0] ?? expected)
}

function valueOf(field: RawField): string {
  if (field.kind === 'bytes') return fromUtf8(field.value) ?? toHex(field.value)
  return 'value' in field ? String(field.value) : ''
}

/** What the members of the signal of a message are, as text. */
function values({ type, from, fromDevice, body, timestamp }: SentMessage): ReadonlyMap<string, string> {
  return new Map([
    ['type', String(type)],
    ['source', from.number],
    ['timestamp', String(timestamp)],
    ['message', fromUtf8(body) ?? toHex(body)],
    ['sourceDevice', String(fromDevice)],
  ])
}
