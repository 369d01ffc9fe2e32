import { Given, Then, When } from '@cucumber/cucumber'
import type { SentCode } from '#driver/capabilities/verification-codes.ts'
import { requestCode } from '#driver/relay/operations.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { authorizedAs } from './support/authorization.ts'
import { useUp } from './support/limits.ts'
import { drawDevice } from './support/registration.ts'
import type { Party } from './support/party.ts'
import { isOk, OK } from './support/session.ts'
import type { Observed } from '../shared/session.ts'
import type { RelaySession } from './support/session.ts'

Given(
  '{party} has been refused a code by {string}',
  async function (this: TouchstoneWorld, name: string, transport: string) {
    await this.relay.expectRefusal(requestCode(transport, this.relay.party(name).number))
  },
)

When(
  '{party} asks/asked for a code by {string}',
  async function (this: TouchstoneWorld, name: string, transport: string) {
    await askAs(this.relay, name, transport)
  },
)

When(
  '{party} asks for a code by {string} with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, transport: string, notation: string) {
    const party = this.relay.party(name)
    party.devices.push(drawDevice(this.relay, party))
    const change = authorizedAs(this.relay, party, notation)
    countGranted(party)(await this.relay.act(change(requestCode(transport, party.number))))
  },
)

When(
  'a code by {string} is asked for the number {string}',
  async function (this: TouchstoneWorld, transport: string, number: string) {
    await this.relay.act(requestCode(transport, number))
  },
)

When(
  '{party} asks for codes by {string} until the limit is passed',
  async function (this: TouchstoneWorld, name: string, transport: string) {
    await useUpCodes(this.relay, name, transport)
    await askAs(this.relay, name, transport)
  },
)

Then(
  '{party} was sent a code for each request that was granted and no other',
  async function (this: TouchstoneWorld, name: string) {
    const codes = await codesSent(this.relay, name)
    this.relay.check.count(`codes sent to ${name}`, this.relay.party(name).codesGranted, codes.length)
  },
)

Then(
  '{party} was sent decimal digits by {string}',
  async function (this: TouchstoneWorld, name: string, transport: string) {
    const codes = await codesSent(this.relay, name)
    const { check } = this.relay
    check.count(`codes sent to ${name}`, 1, codes.length)
    check.equal('transport of the code', transport, codes.map((code) => code.transport).join(', '))
    const got = codes.every(({ code }) => isDigits(code)) ? 'decimal digits' : 'other characters'
    check.equal('code', 'decimal digits', got)
  },
)

/** Uses up the limit of code requests to the party's number. */
export async function useUpCodes(session: RelaySession, name: string, transport: string): Promise<void> {
  const party = session.party(name)
  const limiter = transport === 'voice' ? 'voice' : 'sms'
  const request = () => requestCode(transport, party.number)
  party.codeFrom = { node: session.home, transport }
  await useUp(session, { limiter, request, passes: OK, seen: countGranted(party) })
}

async function askAs(session: RelaySession, name: string, transport: string): Promise<void> {
  const party = session.party(name)
  party.codeFrom = { node: session.home, transport }
  countGranted(party)(await session.act(requestCode(transport, party.number)))
}

/** Takes note of an answer to a request for a code for the party. */
function countGranted(party: Party): (observed: Observed) => void {
  return (observed) => {
    if (isOk(observed)) party.codesGranted += 1
  }
}

function codesSent(session: RelaySession, name: string): Promise<readonly SentCode[]> {
  const { node, number } = session.party(name)
  return node.capabilities.verificationCodes.sent(number)
}

/** A code may be shown as NNN-NNN (E-54). */
function isDigits(code: string): boolean {
  return /^[0-9]+$/.test(code.replace('-', ''))
}
