import { Given, Then } from '@cucumber/cucumber'
import { fetchPrekeys } from '#driver/relay/operations.ts'
import type { TouchstoneWorld } from '../world.ts'
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

function prekeyFetch(session: RelaySession, from: string, of: string) {
  const whom: Party = session.party(of)
  return fetchPrekeys(credentials(session.party(from)), whom.number, 1)
}
