import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { encodeBase64 } from '#protocol/base64.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { queryDirectory } from '#driver/relay/operations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { withBody } from '#driver/wire-request.ts'
import type { Contact } from '../parameter-types.ts'
import type { TouchstoneWorld } from '../world.ts'
import { authorizedAs } from './authorization.ts'
import { basicRequirement } from './basic-requirements.ts'
import { entriesFor, entriesOf, plainToken, tokenOf, tokensAsked } from './contacts.ts'
import type { Entry } from './contacts.ts'
import type { Party } from './party.ts'
import { credentials } from './registration.ts'
import { isOk } from './session.ts'
import type { RelaySession } from './session.ts'

/** That those who are registered, and nobody else, are returned. */
const LISTING = 'RELAY-DIRECTORY-02'
/** That a contact of the relay's own names no node. */
const OWN_CONTACT = 'RELAY-DIRECTORY-11'
const TOKEN_BYTES = 10

Given('the token of {party} has a "+" and a "\\/"', function (this: TouchstoneWorld, name: string) {
  this.relay.numbered(name, (number) => /\+.*\/|\/.*\+/.test(directoryToken(number)))
})

When('{party} looks up nobody', async function (this: TouchstoneWorld, from: string) {
  await this.relay.act(query(this.relay, from, []))
})

When(
  '{party} looks/looked up {contacts}',
  async function (this: TouchstoneWorld, from: string, contacts: readonly Contact[]) {
    await this.relay.act(query(this.relay, from, contacts))
  },
)

When(
  '{party} looks up {contacts} with the Authorization {string}',
  async function (this: TouchstoneWorld, from: string, contacts: readonly Contact[], notation: string) {
    const request = query(this.relay, from, contacts)
    await this.relay.act(authorizedAs(this.relay, this.relay.party(from), notation)(request))
  },
)

When(
  '{party} looks up more tokens than the limit allows',
  async function (this: TouchstoneWorld, from: string) {
    const { burst } = await this.relay.home.capabilities.limits.limit('contacts')
    const tokens = Array.from({ length: burst + 1 }, (_, index) => numbered(index))
    await this.relay.act(queryDirectory(credentials(this.relay.party(from)), tokens))
  },
)

When(
  '{party} sends the directory the body {string}',
  async function (this: TouchstoneWorld, from: string, body: string) {
    await this.relay.act(withBody(query(this.relay, from, []), body))
  },
)

Then('the contacts found are:', function (this: TouchstoneWorld, table: DataTable) {
  const expected = table.hashes().map((row) => ({ row, party: this.relay.party(row['contact'] ?? '') }))
  const entries = entriesOf(this.relay, this.relay.turn.observed.answer)
  assertFound(
    this.relay,
    entries,
    expected.map(({ party }) => party),
  )
  for (const { row, party } of expected) {
    const [entry = {}] = entriesFor(entries, directoryToken(party.number))
    if (row['relay'] !== undefined) assertRelay(this.relay, party, { entry, expected: row['relay'] })
    if (row['supportsSms'] !== undefined)
      assertSupportsSms(this.relay, party, { entry, expected: row['supportsSms'] === 'true' })
  }
})

Then('nobody is found', function (this: TouchstoneWorld) {
  assertFound(this.relay, entriesOf(this.relay, this.relay.turn.observed.answer), [])
})

Then('it is noted how many contacts are found', function (this: TouchstoneWorld) {
  const { status, text, answer, exchange } = this.relay.turn.observed
  const { check } = this.relay
  check.that({
    thing: 'status of the query',
    expected: 'a status below 500',
    got: text,
    holds: status !== null && status < 500,
    exchange,
  })
  check.note(`answered ${text} with ${entriesOf(this.relay, answer).length} contacts`)
})

Then('the token of {party} comes back as it was sent', function (this: TouchstoneWorld, name: string) {
  const token = directoryToken(this.relay.party(name).number)
  const { answer, exchange } = this.relay.turn.observed
  const found = entriesFor(entriesOf(this.relay, answer), token)
  this.relay.check.that({
    requirement: found.length === 0 ? LISTING : this.relay.check.requirement,
    thing: `token of ${name} in the directory`,
    expected: token,
    got: found.length === 0 ? 'no contact' : found.map((entry) => String(entry['token'])).join(', '),
    holds: found.length === 1 && found[0]?.['token'] === token,
    exchange,
  })
})

Then('{party} finds {party}', async function (this: TouchstoneWorld, from: string, whom: string) {
  await assertListed(this.relay, { from, whom, listed: true })
})

Then('{party} does not find {party}', async function (this: TouchstoneWorld, from: string, whom: string) {
  await assertListed(this.relay, { from, whom, listed: false })
})

Then(
  '{party} finds {party} with supportsSms',
  async function (this: TouchstoneWorld, from: string, whom: string) {
    const entry = await assertListed(this.relay, { from, whom, listed: true })
    assertSupportsSms(this.relay, this.relay.party(whom), { entry, expected: true })
  },
)

Then(
  '{party} finds {party} without supportsSms',
  async function (this: TouchstoneWorld, from: string, whom: string) {
    const entry = await assertListed(this.relay, { from, whom, listed: true })
    assertSupportsSms(this.relay, this.relay.party(whom), { entry, expected: false })
  },
)

function query(session: RelaySession, from: string, contacts: readonly Contact[]) {
  const tokens = contacts.map((contact) => tokenOf(session, contact))
  return queryDirectory(credentials(session.party(from)), tokens)
}

/** A token of nobody in particular: the number in its last bytes. */
function numbered(index: number): string {
  const bytes = new Uint8Array(TOKEN_BYTES)
  new DataView(bytes.buffer).setUint32(TOKEN_BYTES - 4, index)
  return encodeBase64(bytes, { padded: false })
}

/**
 * Asserts that the entries are of those parties, each once, in any order. Where all that was to be found is
 * missing, or something is found that was not asked for, the listing as such is violated.
 */
function assertFound(session: RelaySession, entries: readonly Entry[], expected: readonly Party[]): void {
  const names = new Map(session.parties().map(({ name, number }) => [directoryToken(number), name]))
  const { request, observed } = session.turn
  const asked = tokensAsked(request)
  const tokens = entries.map(({ token }) => plainToken(token))
  const found = listed(tokens.map((token) => names.get(token) ?? `the token ${token}`))
  const wanted = listed(expected.map(({ name }) => name))
  if (expected.length > 0) assertGranted(session)
  const nothing = expected.length > 0 && entries.length === 0
  const strangers = tokens.some((token) => !asked.includes(token))
  session.check.that({
    requirement: nothing || strangers ? LISTING : session.check.requirement,
    thing: 'contacts found',
    expected: wanted,
    got: found,
    holds: wanted === found,
    exchange: observed.exchange,
  })
}

/** Asserts that the query was answered at all; where it was not, nothing can be said of what it finds. */
function assertGranted({ turn: { request, observed }, check }: RelaySession): void {
  const granted = isOk(observed)
  check.that({
    requirement: granted ? check.requirement : basicRequirement(request, observed.status),
    thing: `status of ${request.operation}`,
    expected: '200 or 204',
    got: observed.text,
    holds: granted,
    exchange: observed.exchange,
  })
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.toSorted().join(', ')
}

interface Lookup {
  readonly from: string
  readonly whom: string
  readonly listed: boolean
}

/** Asserts that the directory lists the party or does not; gives its entry, empty where there is none. */
async function assertListed(session: RelaySession, { from, whom, listed }: Lookup): Promise<Entry> {
  const token = directoryToken(session.party(whom).number)
  const answer = await session.succeed(queryDirectory(credentials(session.party(from)), [token]))
  const found = entriesFor(entriesOf(session, answer), token)
  session.check.that({
    requirement: listed ? session.requirementHere(LISTING) : session.check.requirement,
    thing: `directory entries of ${whom}`,
    expected: listed ? 'one' : 'none',
    got: String(found.length),
    holds: found.length === (listed ? 1 : 0),
    exchange: answer.exchange.id,
  })
  return found[0] ?? {}
}

/** The page prints the text "true" where a boolean is meant (E-04). */
function assertSupportsSms(
  session: RelaySession,
  { name }: Party,
  { entry, expected }: { readonly entry: Entry; readonly expected: boolean },
): void {
  const value = entry['supportsSms']
  const right: readonly unknown[] = readingOf(session.target.dialect, expected ? 'supportsSms' : 'noSms')
  session.check.that({
    thing: `supportsSms of ${name} in the directory`,
    expected: right.map(shown).join(' or '),
    got: shown(value),
    holds: right.includes(value),
  })
}

/** The name of the node a contact is at; empty for one of the relay's own. */
function assertRelay(
  session: RelaySession,
  { name }: Party,
  { entry, expected }: { readonly entry: Entry; readonly expected: string },
): void {
  const value = entry['relay']
  const peer = expected === 'PEER' ? session.home.capabilities.federation().name : expected
  session.check.that({
    requirement: peer === '' ? OWN_CONTACT : session.check.requirement,
    thing: `relay of ${name} in the directory`,
    expected: peer === '' ? 'absent' : shown(peer),
    got: shown(value),
    holds: peer === '' ? value === undefined || value === null || value === '' : value === peer,
  })
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value)
}
