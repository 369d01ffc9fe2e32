import { Given, Then, When } from '@cucumber/cucumber'
import { withTarget } from '#driver/wire-request.ts'
import type { DeviceReference } from './support/parameter-types.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { authorizedAs } from './support/authorization.ts'
import { useUp } from './support/limits.ts'
import type { Party } from './support/party.ts'
import { EVERY_DEVICE, confirmCaller, fetchRequest, fetchWell, noteFetch } from './support/prekey-fetches.ts'
import { actFetch } from './support/prekey-turn.ts'
import type { RelaySession } from './support/session.ts'

const NOT_FOUND = 404

Given(
  '{party} has used up the "prekeys" limit towards {party}',
  async function (this: TouchstoneWorld, by: string, of: string) {
    await useUpPrekeys(this.relay, this.relay.party(by), this.relay.party(of))
  },
)

When(
  '{party} fetches/fetched a prekey of {device}',
  async function (this: TouchstoneWorld, by: string, { name, device }: DeviceReference) {
    await actFetch(this.relay, fetchOf(this.relay, by, name, String(device)))
  },
)

When(
  '{party} fetches/fetched a prekey of every device of {party}',
  async function (this: TouchstoneWorld, by: string, of: string) {
    await actFetch(this.relay, fetchOf(this.relay, by, of, EVERY_DEVICE))
  },
)

When(
  '{party} fetches a prekey of {party} for the device {string}',
  async function (this: TouchstoneWorld, by: string, of: string, device: string) {
    await actFetch(this.relay, fetchOf(this.relay, by, of, device))
  },
)

When(
  '{party} fetches a prekey of a number that nobody registered for the device {string}',
  async function (this: TouchstoneWorld, by: string, device: string) {
    const asked = fetchRequest(fetchOf(this.relay, by, by, device))
    const { number } = this.relay.party(by)
    await this.relay.act(withTarget(asked, asked.target.replace(number, this.relay.unusedNumber())))
  },
)

When(
  '{party} fetches a prekey of {party} with the Authorization {string}',
  async function (this: TouchstoneWorld, by: string, of: string, notation: string) {
    const change = authorizedAs(this.relay, this.relay.party(by), notation)
    await actFetch(this.relay, fetchOf(this.relay, by, of, '1'), change)
  },
)

When(
  '{party} fetches/fetched a prekey of {device} through the relay {string}',
  async function (this: TouchstoneWorld, by: string, { name, device }: DeviceReference, relay: string) {
    const named = relay === 'PEER' ? this.relay.home.capabilities.federation().name : relay
    await actFetch(this.relay, { ...fetchOf(this.relay, by, name, String(device)), relay: named })
  },
)

When(
  '{party} fetches prekeys of {party} until the limit is passed',
  async function (this: TouchstoneWorld, by: string, of: string) {
    await useUpPrekeys(this.relay, this.relay.party(by), this.relay.party(of))
    await actFetch(this.relay, fetchOf(this.relay, by, of, '1'))
  },
)

When(
  '{int} others fetch a prekey of {party} at once',
  async function (this: TouchstoneWorld, count: number, of: string) {
    await fetchAtOnce(this.relay, this.relay.party(of), count)
  },
)

Then('{party} can fetch a prekey of {party}', async function (this: TouchstoneWorld, by: string, of: string) {
  await fetchWell(this.relay, fetchOf(this.relay, by, of, '1'), this.relay.check.requirement)
})

Then(
  '{party} cannot fetch a prekey of {party}',
  async function (this: TouchstoneWorld, by: string, of: string) {
    const request = fetchRequest(fetchOf(this.relay, by, of, '1'))
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

function fetchOf(session: RelaySession, by: string, of: string, device: string) {
  return { by: session.party(by), of: session.party(of), device }
}

async function useUpPrekeys(session: RelaySession, by: Party, of: Party): Promise<void> {
  const fetch = { by, of, device: '1' }
  await useUp(session, {
    limiter: 'prekeys',
    request: () => fetchRequest(fetch),
    passes: [200],
    seen: (observed) => noteFetch(fetch, observed),
  })
}

/** Has so many callers fetch a prekey of the first device, all in parallel, once each. */
async function fetchAtOnce(session: RelaySession, of: Party, count: number): Promise<void> {
  const callers = Array.from({ length: count }, (_, index) => session.party(`caller ${index + 1}`))
  for (const caller of callers) await confirmCaller(session, caller)
  const fetches = callers.map((by) => ({ by, of, device: '1' }))
  const answers = await Promise.all(fetches.map((fetch) => session.ask(fetchRequest(fetch))))
  for (const [index, fetch] of fetches.entries()) {
    const observed = answers[index]
    if (observed !== undefined) noteFetch(fetch, observed)
  }
}
