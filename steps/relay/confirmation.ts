import { Given, Then, When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertConfirms, confirmationWith } from './support/confirmations.ts'
import { numberLike } from './support/number-patterns.ts'
import type { CodeReference } from './support/parameter-types.ts'
import { registrationChoices } from './support/registration-table.ts'
import { addDevice, confirmFully, register } from './support/registration.ts'
import { isOk } from './support/session.ts'
import { excuseRefill } from './support/refilled.ts'
import { refuseUnsynchronised } from './support/synchronisation.ts'
import { assertOnePassword } from './support/registered-again.ts'

Given('{party} is confirmed( again)', async function (this: TouchstoneWorld, name: string) {
  await confirmFully(this.relay, this.relay.party(name))
})

Given('{party} is confirmed with:', async function (this: TouchstoneWorld, name: string, table: DataTable) {
  await confirmFully(this.relay, this.relay.party(name), registrationChoices(table))
})

/** Confirmed, and reachable under a push id. */
Given('{party} is registered( again)', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.party(name))
})

Given(
  '{party} is registered( again) with:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const choices = registrationChoices(table)
    if (choices.number !== undefined) this.relay.named(name, numberLike(this.relay, choices.number))
    await register(this.relay, this.relay.party(name), choices)
  },
)

Given('{party} is registered at the peer', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.atPeer(name))
  await this.relay.home.capabilities.federation().synchronise()
})

Given(
  '{party} is registered at the peer with:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    await register(this.relay, this.relay.atPeer(name), registrationChoices(table))
    await this.relay.home.capabilities.federation().synchronise()
  },
)

Given('{party} has a second device', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), true)
})

Given('{party} has a third device', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), true)
})

Given('{party} has a second device without a push id', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), false)
})

When(
  '{party} confirms/confirmed with {code}',
  async function (this: TouchstoneWorld, name: string, code: CodeReference) {
    const party = this.relay.party(name)
    const observed = await this.relay.act(await confirmationWith(this.relay, party, code))
    const isRight = code.kind === 'sent' && code.change === null
    if (!isRight || !isOk(observed)) return
    refuseUnsynchronised(this.relay, party)
    await excuseRefill(this.relay, party, ['verify'])
  },
)

Then('the code sent still confirms {party}', async function (this: TouchstoneWorld, name: string) {
  await assertConfirms(this.relay, this.relay.party(name))
})

// One scenario: nothing else waits for a limiter to refill.
Then(
  'the code sent still confirms {party} once the "verify" limit has refilled',
  async function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    await party.node.capabilities.limits.refill('verify', party.number)
    await assertConfirms(this.relay, party, this.relay.check.requirement)
  },
)

// One scenario: which of two passwords works depends on the answer, which the relay spec leaves open (E-13).
Then(
  "exactly one of {party}'s passwords works, as the answer says",
  async function (this: TouchstoneWorld, name: string) {
    await assertOnePassword(this.relay, this.relay.party(name))
  },
)
