import { gunzipSync } from 'node:zlib'
import { Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { fromHex, toHex } from '#protocol/bytes.ts'
import { decimalId, parseJson } from '#protocol/json.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { Inconclusive } from '../shared/check.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertStatus } from '../shared/status.ts'
import { basicRequirement } from './support/basic-requirements.ts'
import { items, members } from './support/json-members.ts'
import { oddly } from './support/odd-requests.ts'
import type { Oddity } from './support/odd-requests.ts'
import { operationNamed } from './support/operations.ts'
import { newestDelivery } from './support/received.ts'
import type { RelaySession } from './support/session.ts'

const SERVER_ERROR = 500

When(
  '{party} tries to {string} in odd ways:',
  async function (this: TouchstoneWorld, name: string, operation: string, table: DataTable) {
    const odd = table.raw().map(([part = '', value = '']) => ({ part, value }))
    await actUntilBroken(this.relay, { name, operation }, odd)
  },
)

Then('each of them is answered with a status below 500', function (this: TouchstoneWorld) {
  const { check, target, turn } = this.relay
  const isForgiven = readingOf(target.dialect, 'oddRequests') === 'any status'
  const { text } = assertStatus(
    this.relay,
    isForgiven ? 'an answer' : 'a status below 500',
    (status) => isForgiven || status < SERVER_ERROR,
  )
  if (isForgiven) check.note(`${turn.request.operation} answered ${text}`)
})

Then('the {int} answer is JSON, typed application\\/json', function (this: TouchstoneWorld, status: number) {
  const { check, turn } = this.relay
  const { request, observed } = turn
  const { answer, exchange } = observed
  check.that({
    requirement: REFUSED_BY.get(status) ?? basicRequirement(request, observed.status),
    thing: `status of ${request.operation}`,
    expected: String(status),
    got: observed.text,
    holds: observed.status === status,
    exchange,
  })
  const type = answer?.header('Content-Type') ?? 'none'
  const holds = /^application\/json *(;|$)/i.test(type)
  check.that({ thing: 'Content-Type', expected: 'application/json', got: type, holds, exchange })
  const reading = parseJson(answer?.body ?? new Uint8Array())
  const got = reading.kind === 'json' ? 'that' : reading.reason
  check.that({ thing: 'body', expected: 'JSON', got, holds: reading.kind === 'json', exchange })
})

Then('every id in the answer is a JSON integer', function (this: TouchstoneWorld) {
  const { check, turn } = this.relay
  const { request, observed } = turn
  const ids = idsIn(observed.answer?.body ?? new Uint8Array())
  check.that({
    requirement: LISTED_BY.get(observed.status ?? 0) ?? basicRequirement(request, observed.status),
    thing: 'ids in the answer',
    expected: 'at least 1',
    got: String(ids.length),
    holds: ids.length > 0,
    exchange: observed.exchange,
  })
  const odd = ids.filter((id) => !isInteger(id))
  check.count('ids in the answer that are no JSON integers', 0, odd.length)
})

Then(
  'the Base64 in the answer is in the standard alphabet, without padding',
  function (this: TouchstoneWorld) {
    const { check, turn } = this.relay
    const { request, observed } = turn
    const texts = base64In(observed.answer?.body ?? new Uint8Array())
    check.that({
      requirement: basicRequirement(request, observed.status),
      thing: 'tokens and keys in the answer',
      expected: 'at least 1',
      got: String(texts.length),
      holds: texts.length > 0,
      exchange: observed.exchange,
    })
    if (!texts.some((text) => /[^A-Za-z0-9]/.test(text)))
      throw new Inconclusive('no text of the answer has a character in which the alphabets differ')
    const odd = texts.filter((text) => !/^[A-Za-z0-9+/]*$/.test(text))
    const got = odd.length === 0 ? 'that' : odd.join(', ')
    check.that({
      thing: 'tokens and keys',
      expected: 'A-Z a-z 0-9 + /',
      got,
      holds: odd.length === 0,
      exchange: observed.exchange,
    })
  },
)

Then(
  '{party} reads the gzip stream {word}',
  async function (this: TouchstoneWorld, name: string, hex: string) {
    const { opened } = await newestDelivery(this.relay, name)
    const isKept = readingOf(this.relay.target.dialect, 'gzipBody') === 'the stream'
    const expected = isKept ? fromHex(hex) : gunzipSync(fromHex(hex))
    this.relay.check.equal('bytes of the message delivered', toHex(expected), toHex(opened.message))
  },
)

/** The requirement that says when a refusal of that status comes. */
const REFUSED_BY: ReadonlyMap<number, string> = new Map([
  [409, 'RELAY-MESSAGE-08'],
  [410, 'RELAY-MESSAGE-12'],
])

/** The requirement that says which ids are listed in a refusal of that status. */
const LISTED_BY: ReadonlyMap<number, string> = new Map([
  [409, 'RELAY-MESSAGE-09'],
  [410, 'RELAY-MESSAGE-13'],
])

interface Attempt {
  readonly name: string
  readonly operation: string
}

function requestOf(session: RelaySession, name: string, operation: string): WireRequest {
  return operationNamed(operation).request(session, session.party(name))
}

async function actOddly(session: RelaySession, { name, operation }: Attempt, odd: Oddity): Promise<void> {
  await session.act(oddly(session, session.party(name), odd)(requestOf(session, name, operation)))
}

/** Makes a request in each odd way, until one is answered 500 or more, or not at all: that one is the turn. */
async function actUntilBroken(
  session: RelaySession,
  attempt: Attempt,
  ways: readonly Oddity[],
): Promise<void> {
  for (const odd of ways) {
    await actOddly(session, attempt, odd)
    const { status } = session.turn.observed
    if (status === null || status >= SERVER_ERROR) return
  }
}

/** The ids in an answer, with their numbers as they were written. */
function idsIn(body: Uint8Array): readonly unknown[] {
  const reading = parseJson(body)
  const { keys, missingDevices, extraDevices, staleDevices } = members(
    reading.kind === 'json' ? reading.exact : null,
  )
  const ofKeys = items(keys).flatMap((key) => [members(key)['deviceId'], members(key)['keyId']])
  const all = [...ofKeys, ...items(missingDevices), ...items(extraDevices), ...items(staleDevices)]
  return all.filter((id) => id !== undefined)
}

function isInteger(id: unknown): boolean {
  const read = decimalId(id)
  return read.kind === 'id' && read.form === 'number'
}

/** The tokens and keys in an answer. */
function base64In(body: Uint8Array): readonly string[] {
  const reading = parseJson(body)
  const { keys, contacts } = members(reading.kind === 'json' ? reading.plain : null)
  const ofKeys = items(keys).flatMap((key) => [members(key)['publicKey'], members(key)['identityKey']])
  const tokens = items(contacts).map((contact) => members(contact)['token'])
  return [...ofKeys, ...tokens].filter((text) => typeof text === 'string')
}
