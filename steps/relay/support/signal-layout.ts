import { Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { fromUtf8, toHex } from '#protocol/bytes.ts'
import type { RawField } from '#protocol/relay/raw-fields.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { lastAccepted } from './deliveries.ts'
import type { SentMessage } from './party.ts'
import { newestDelivery } from './received.ts'

Then(
  '{party} reads a signal of these fields and no other:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const { opened } = await newestDelivery(this.relay, name)
    const [message] = lastAccepted(this.relay.party(name))
    if (message === undefined) throw new Error(`no message was accepted for ${name}: the scenario needs one`)
    const { check } = this.relay
    const rows = table.hashes()
    const layout = rows.map((row) => `${row['number'] ?? ''} ${row['wire type'] ?? ''}`)
    check.equal('fields of the signal', inOrder(layout), inOrder(opened.fields.map(place)))
    for (const row of rows) {
      const { number = '', member = '' } = row
      const field = opened.fields.find((one) => one.number === Number(number))
      check.equal(`field ${number}`, member, memberIn(field, member, message))
    }
  },
)

function place({ number, kind }: RawField): string {
  return `${number} ${kind}`
}

/** Fields may stand in any order. */
function inOrder(places: readonly string[]): string {
  return places.toSorted().join(', ')
}

/** The member whose value a field holds; the expected one where it holds nobody's, for others judge the values. */
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
