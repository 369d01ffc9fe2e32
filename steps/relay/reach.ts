import { Given, Then, When } from '@cucumber/cucumber'
import { parsePlainJson } from '#protocol/json.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { fetchPrekeys, queryDirectory } from '#driver/relay/operations.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { TouchstoneWorld } from '../world.ts'
import { items, members } from './json-members.ts'
import type { Party } from './party.ts'
import { credentials, storePrekeys } from './registration.ts'
import type { RelaySession } from './session.ts'

const NOT_FOUND = 404

Given('{party} has stored prekeys', async function (this: TouchstoneWorld, name: string) {
  await storePrekeys(this.relay, this.relay.party(name))
})

Given(
  '{party} has fetched a prekey of {party}',
  async function (this: TouchstoneWorld, from: string, of: string) {
    await this.relay.succeed(prekeyFetch(this.relay, from, of))
  },
)

When(
  '{party} looks up {party} and {party}',
  async function (this: TouchstoneWorld, from: string, one: string, other: string) {
    const tokens = [one, other].map((name) => directoryToken(this.relay.party(name).number))
    await this.relay.act(queryDirectory(credentials(this.relay.party(from)), tokens))
  },
)

Then(
  '{party} can fetch a prekey of {party}',
  async function (this: TouchstoneWorld, from: string, of: string) {
    const { requirement } = this.relay.check
    await this.relay.succeed(prekeyFetch(this.relay, from, of), { requirement })
  },
)

Then(
  '{party} cannot fetch a prekey of {party}',
  async function (this: TouchstoneWorld, from: string, of: string) {
    const request = prekeyFetch(this.relay, from, of)
    const { status, text, exchange } = await this.relay.ask(request)
    this.relay.check.that({
      thing: `status of ${request.operation}`,
      expected: String(NOT_FOUND),
      got: text,
      holds: status === NOT_FOUND,
      exchange,
    })
  },
)

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
    assertSupportsSms(this.relay, whom, { entry, expected: true })
  },
)

Then(
  '{party} finds {party} without supportsSms',
  async function (this: TouchstoneWorld, from: string, whom: string) {
    const entry = await assertListed(this.relay, { from, whom, listed: true })
    assertSupportsSms(this.relay, whom, { entry, expected: false })
  },
)

interface Lookup {
  readonly from: string
  readonly whom: string
  readonly listed: boolean
}

type Entry = Readonly<Record<string, unknown>>

/** Asserts that the directory lists the party or does not; gives its entry, empty where there is none. */
async function assertListed(session: RelaySession, { from, whom, listed }: Lookup): Promise<Entry> {
  const token = directoryToken(session.party(whom).number)
  const answer = await session.succeed(queryDirectory(credentials(session.party(from)), [token]))
  const found = contacts(answer).filter((entry) => entry['token'] === token)
  session.check.that({
    thing: `directory entries of ${whom}`,
    expected: listed ? 'one' : 'none',
    got: String(found.length),
    holds: found.length === (listed ? 1 : 0),
    exchange: answer.exchange.id,
  })
  return found[0] ?? {}
}

function contacts(answer: Answer): readonly Entry[] {
  const reading = parsePlainJson(answer.body)
  return reading.kind === 'json' ? items(members(reading.plain)['contacts']).map(members) : []
}

/** The page prints the text "true" where a boolean is meant; both are accepted (E-04). */
function assertSupportsSms(
  session: RelaySession,
  whom: string,
  seen: { entry: Entry; expected: boolean },
): void {
  const value = seen.entry['supportsSms']
  session.check.that({
    thing: `supportsSms of ${whom} in the directory`,
    expected: seen.expected ? 'true' : 'absent or false',
    got: value === undefined ? 'absent' : JSON.stringify(value),
    holds: [true, 'true'].includes(value as boolean | string) === seen.expected,
  })
}

function prekeyFetch(session: RelaySession, from: string, of: string) {
  const whom: Party = session.party(of)
  return fetchPrekeys(credentials(session.party(from)), whom.number, 1)
}
