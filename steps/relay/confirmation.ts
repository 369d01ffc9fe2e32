import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { withBody, withTarget } from '#driver/wire-request.ts'
import type { CodeReference } from '../parameter-types.ts'
import type { TouchstoneWorld } from '../world.ts'
import { assertStatus } from './answers.ts'
import { authorizedAs } from './authorization.ts'
import { useUpCodes } from './codes.ts'
import { assertCredentials, tryPassword } from './credential-checks.ts'
import { useUp } from './limits.ts'
import type { Party } from './party.ts'
import { registrationChoices } from './registration-table.ts'
import {
  askForCode,
  codeSent,
  confirmParty,
  confirmation,
  drawDevice,
  register,
  replaceDevices,
} from './registration.ts'
import type { RelaySession } from './session.ts'

const WRONG_CODE_STATUS = 403

Given('{party} is confirmed', async function (this: TouchstoneWorld, name: string) {
  await confirmFully(this.relay, this.relay.party(name))
})

Given('{party} is confirmed with:', async function (this: TouchstoneWorld, name: string, table: DataTable) {
  await confirmFully(this.relay, this.relay.party(name), registrationChoices(table))
})

Given('{party} is registered', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.party(name))
})

Given('{party} is registered with:', async function (this: TouchstoneWorld, name: string, table: DataTable) {
  await register(this.relay, this.relay.party(name), registrationChoices(table))
})

Given('{party} is registered at the peer', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.atPeer(name))
})

Given('{party} is registered again', async function (this: TouchstoneWorld, name: string) {
  await register(this.relay, this.relay.party(name))
})

Given(
  '{party} is registered again with:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    await register(this.relay, this.relay.party(name), registrationChoices(table))
  },
)

Given('{party} has registered again', async function (this: TouchstoneWorld, name: string) {
  await confirmFully(this.relay, this.relay.party(name))
})

Given(
  '{party} has confirmed with {code}',
  async function (this: TouchstoneWorld, name: string, code: CodeReference) {
    const party = this.relay.party(name)
    replaceDevices(party, drawDevice(this.relay, party))
    await this.relay.succeed(confirmation(party, await codeOf(this.relay, party, code)), 'RELAY-VERIFY-01')
  },
)

Given(
  '{party} has used up the {string} limit',
  async function (this: TouchstoneWorld, name: string, limiter: string) {
    const party = this.relay.party(name)
    if (limiter === 'verify') await useUpConfirmations(this.relay, party)
    else await useUpCodes(this.relay, name, limiter)
  },
)

When(
  '{party} confirms with {code}',
  async function (this: TouchstoneWorld, name: string, reference: CodeReference) {
    await confirmWith(this.relay, name, { reference })
  },
)

When(
  '{party} confirms with {code} and the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, reference: CodeReference, notation: string) {
    await confirmWith(this.relay, name, { reference, notation })
  },
)

When(
  '{party} confirms with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, notation: string) {
    await confirmWith(this.relay, name, { reference: RIGHT_CODE, notation })
  },
)

When(
  '{party} confirms with the body {string}',
  async function (this: TouchstoneWorld, name: string, body: string) {
    await confirmWith(this.relay, name, { reference: RIGHT_CODE, body })
  },
)

When(
  '{party} confirms with a wrong code until the limit is passed',
  async function (this: TouchstoneWorld, name: string) {
    await useUpConfirmations(this.relay, this.relay.party(name))
    await confirmWith(this.relay, name, { reference: wrongCode })
  },
)

When('{party} registers again', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  await askForCode(this.relay, party)
  replaceDevices(party, drawDevice(this.relay, party))
  await this.relay.act(confirmation(party, await codeSent(party)))
})

Then('the code sent still confirms {party}', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  if (party.devices.length === 0) replaceDevices(party, drawDevice(this.relay, party))
  await this.relay.succeed(
    confirmation(party, await codeSent(party)),
    this.relay.check.requirement,
    party.node,
  )
})

Then(
  'the code sent still confirms {party} once the {string} limit has refilled',
  async function (this: TouchstoneWorld, name: string, limiter: string) {
    if (limiter !== 'verify') throw new Error(`no step knows how to refill the limit "${limiter}"`)
    const party = this.relay.party(name)
    await party.node.capabilities.limits.refill(limiter, party.number)
    await this.relay.succeed(
      confirmation(party, await codeSent(party)),
      this.relay.check.requirement,
      party.node,
    )
  },
)

Then(
  "exactly one of {party}'s passwords works, as the answer says",
  async function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    const { status } = await assertStatus(this.relay, '200, 204 or 417', (got) =>
      [200, 204, 417].includes(got),
    )
    const replaced = status !== 417
    const [former] = party.former
    if (former === undefined) throw new Error(`${name} has registered only once`)
    if (!replaced) this.relay.check.note('a number that is registered here cannot be registered again (417)')
    await assertCredentials(this.relay, party, {
      password: party.device().password,
      accepted: replaced,
      what: 'the later password',
    })
    await assertCredentials(this.relay, party, {
      password: former.password,
      accepted: !replaced,
      what: 'the earlier password',
    })
  },
)

Then(
  'it is noted what the misprinted path {string} answers',
  async function (this: TouchstoneWorld, path: string) {
    const party = this.relay.party('Carol')
    replaceDevices(party, drawDevice(this.relay, party))
    const { text } = await this.relay.observe(
      await this.relay.home.client.send(withTarget(confirmation(party, '123456'), path)),
    )
    this.relay.check.note(`PUT ${path.replace(/\d+$/, '{verification_code}')} answered ${text}`)
  },
)

Then(
  'it is noted whether the credentials of {party} are accepted',
  async function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    const { text } = await tryPassword(this.relay, party, party.device().password)
    this.relay.check.note(`credentials with a colon in the password are answered ${text}`)
  },
)

const RIGHT_CODE: CodeReference = { kind: 'sent', to: null, change: null }
const wrongCode: CodeReference = { kind: 'sent', to: null, change: 'plus one' }

interface Attempt {
  readonly reference: CodeReference
  readonly notation?: string
  readonly body?: string
}

async function confirmWith(
  session: RelaySession,
  name: string,
  { reference, notation, body }: Attempt,
): Promise<void> {
  const party = session.party(name)
  if (party.devices.length === 0) replaceDevices(party, drawDevice(session, party))
  const request = confirmation(party, await codeOf(session, party, reference))
  const withBodyGiven = body === undefined ? request : withBody(request, body)
  await session.act(
    notation === undefined ? withBodyGiven : authorizedAs(session, party, notation)(withBodyGiven),
  )
}

async function confirmFully(session: RelaySession, party: Party, choices = {}): Promise<void> {
  await askForCode(session, party)
  await confirmParty(session, party, choices)
}

async function useUpConfirmations(session: RelaySession, party: Party): Promise<void> {
  if (party.devices.length === 0) replaceDevices(party, drawDevice(session, party))
  const request = confirmation(party, await codeOf(session, party, wrongCode))
  await useUp(session, { limiter: 'verify', request: () => request, passes: [WRONG_CODE_STATUS] })
}

const changes: Readonly<Record<string, (code: string) => string>> = {
  'plus one': (code) => String(Number(code) + 1).padStart(code.length, '0'),
  'without its last digit': (code) => code.slice(0, -1),
  'behind a zero': (code) => `0${code}`,
  'followed by a letter': (code) => `${code}a`,
}

async function codeOf(session: RelaySession, party: Party, reference: CodeReference): Promise<string> {
  if (reference.kind === 'given') return reference.code
  const owner = reference.to === null ? party : session.party(reference.to)
  const code = await codeSent(owner)
  return reference.change === null ? code : (changes[reference.change]?.(code) ?? code)
}
