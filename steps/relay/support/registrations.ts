import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { expectedStatuses } from '#driver/relay/expectations.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { assertStatus } from '../../shared/status.ts'
import { useUpConfirmations } from '../confirmation.ts'
import { useUpCodes } from '../codes.ts'
import { assertCredentials } from './credential-checks.ts'
import type { Party } from './party.ts'
import { registrationChoices } from './registration-table.ts'
import {
  addDevice,
  askForCode,
  codeSent,
  confirmParty,
  confirmation,
  drawDevice,
  register,
  replaceDevices,
} from './registration.ts'
import type { RegistrationChoices } from './registration.ts'
import type { RelaySession } from './session.ts'

Given('{party} is confirmed( again)', async function (this: TouchstoneWorld, name: string) {
  await confirmFully(this.relay, this.relay.party(name))
})

Given('{party} is confirmed with:', async function (this: TouchstoneWorld, name: string, table: DataTable) {
  await confirmFully(this.relay, this.relay.party(name), registrationChoices(table))
})

Given('{party} is registered( again)', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.party(name))
})

Given(
  '{party} is registered( again) with:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    await register(this.relay, this.relay.party(name), registrationChoices(table))
  },
)

Given('{party} is registered at the peer', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.atPeer(name))
})

Given('{party} has a second device', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), true)
})

Given('{party} has a second device without a push id', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), false)
})

Given(
  '{party} has used up the {string} limit',
  async function (this: TouchstoneWorld, name: string, limiter: string) {
    if (limiter === 'verify') await useUpConfirmations(this.relay, this.relay.party(name))
    else await useUpCodes(this.relay, name, limiter)
  },
)

When('{party} registers again', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  await askForCode(this.relay, party)
  replaceDevices(party, drawDevice(this.relay, party))
  await this.relay.act(confirmation(party, await codeSent(party)))
})

Then(
  "exactly one of {party}'s passwords works, as the answer says",
  async function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    const allowed = expectedStatuses(this.relay.target.dialect, 200, 'confirmed again')
    const { status } = assertStatus(this.relay, allowed.join(' or '), (got) => allowed.includes(got))
    const replaced = status !== 417
    if (!replaced) this.relay.check.note('a number registered here cannot be registered again (417)')
    await assertPasswords(this.relay, party, replaced)
  },
)

async function assertPasswords(session: RelaySession, party: Party, replaced: boolean): Promise<void> {
  const [former] = party.former
  if (former === undefined) throw new Error(`${party.name} has registered only once`)
  const later = { password: party.device().password, accepted: replaced, what: 'the later password' }
  const earlier = { password: former.password, accepted: !replaced, what: 'the earlier password' }
  await assertCredentials(session, party, later)
  await assertCredentials(session, party, earlier)
}

async function confirmFully(
  session: RelaySession,
  party: Party,
  choices: RegistrationChoices = {},
): Promise<void> {
  await askForCode(session, party)
  await confirmParty(session, party, choices)
}
