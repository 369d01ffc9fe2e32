import { Then } from '@cucumber/cucumber'
import { allocateAttachment } from '#driver/relay/operations.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { wrongPassword } from './authorization.ts'
import type { Party } from './party.ts'
import { username } from './registration.ts'
import type { Observed } from '../../shared/session.ts'
import type { RelaySession } from './session.ts'

/** Whether a password should be good, and how to name it. */
export interface Expectation {
  readonly password: string
  readonly accepted: boolean
  readonly what: string
}

/** What an operation that needs nothing but credentials answers to that password. */
async function tryPassword(session: RelaySession, party: Party, password: string): Promise<Observed> {
  const request = allocateAttachment({ username: username(party), password })
  return session.ask(request)
}

/**
 * Asserts that the password is accepted (200) or refused (401). Any other answer says nothing of the
 * password: it violates what the page says of an allocation.
 */
export async function assertCredentials(
  session: RelaySession,
  party: Party,
  { password, accepted, what }: Expectation,
): Promise<void> {
  const { status, text, exchange } = await tryPassword(session, party, password)
  const expected = accepted ? 200 : 401
  const telling = status === 200 || status === 401
  session.check.that({
    requirement: telling
      ? session.check.requirement
      : accepted
        ? 'RELAY-ATTACHMENT-01'
        : 'RELAY-ATTACHMENT-05',
    thing: `status of GET /v1/attachments/ with ${what} of ${party.name}`,
    expected: String(expected),
    got: text,
    holds: status === expected,
    exchange,
  })
}

Then("{party}'s credentials are accepted", async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  await assertCredentials(this.relay, party, {
    password: party.device().password,
    accepted: true,
    what: 'the password',
  })
})

Then("{party}'s credentials are refused", async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  await assertCredentials(this.relay, party, {
    password: party.device().password,
    accepted: false,
    what: 'the password',
  })
})

Then('another password of {party} is refused', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  const password = wrongPassword(party.device().password)
  await assertCredentials(this.relay, party, { password, accepted: false, what: 'another password' })
})

Then('only the exact password of {party} is accepted', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  const { password } = party.device()
  await assertCredentials(this.relay, party, { password, accepted: true, what: 'the password' })
  for (const [what, altered] of alterations(password)) {
    await assertCredentials(this.relay, party, {
      password: altered,
      accepted: false,
      what: `the password ${what}`,
    })
  }
})

/** Passwords that are nearly the given one: each must be refused, or it is not compared exactly. */
function alterations(password: string): readonly (readonly [what: string, altered: string])[] {
  const all = [
    ['in capitals', password.toUpperCase()],
    ['without its last character', password.slice(0, -1)],
    ['without its first character', password.slice(1)],
    ['with a character more', `${password}a`],
    ['with a space behind it', `${password} `],
    ['with a space before it', ` ${password}`],
    ['with another last character', wrongPassword(password)],
  ] as const
  return all.filter(([, altered]) => altered !== password)
}
