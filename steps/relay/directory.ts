import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { encodeBase64 } from '#protocol/base64.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { queryDirectory } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import type { Contact } from './support/parameter-types.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { authorizedAs } from './support/authorization.ts'
import { assertFound, assertListed, assertRelay, assertSupportsSms, LISTING } from './support/contact-checks.ts'
import { entriesFor, entriesOf, tokenOf } from './support/contacts.ts'
import { credentials } from './support/registration.ts'
import type { RelaySession } from './support/session.ts'

const TOKEN_BYTES = 10

Given('the token of {party} has a "+" and a "\\/"', function (this: TouchstoneWorld, name: string) {
  this.relay.numbered(name, (number) => /\+.*\/|\/.*\+/.test(directoryToken(number)))
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
