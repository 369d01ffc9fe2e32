import { allocateAttachment } from '#driver/relay/operations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { wrongPassword } from './authorization.ts'
import type { Party } from './party.ts'
import { username } from './registration.ts'
import type { RelaySession } from './session.ts'

/** Whether a password should be good, and how to name it. */
export interface PasswordExpectation {
  readonly password: string
  readonly accepted: boolean
  readonly what: string
}

/** A request of an operation that needs nothing but credentials, with that password. */
export function withPassword(party: Party, password: string): WireRequest {
  return allocateAttachment({ username: username(party), password })
}

/**
 * Asserts that the password is accepted (200) or refused (401). Any other answer says nothing of the
 * password: it violates a requirement on allocations.
 */
export async function assertCredentials(
  session: RelaySession,
  party: Party,
  { password, accepted, what }: PasswordExpectation,
): Promise<void> {
  const { status, text, exchange } = await session.ask(withPassword(party, password))
  const expected = accepted ? 200 : 401
  const isAboutPassword = status === 200 || status === 401
  session.check.that({
    requirement: isAboutPassword
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

/** Asserts that a password which differs in its last character is refused. */
export async function assertOtherPassword(session: RelaySession, party: Party): Promise<void> {
  const password = wrongPassword(party.device().password)
  await assertCredentials(session, party, { password, accepted: false, what: 'another password' })
}

/** Asserts that the party's password is accepted, and none that is nearly the same. */
export async function assertExactPassword(session: RelaySession, party: Party): Promise<void> {
  const { password } = party.device()
  if (password.includes(':') && readingOf(session.target.dialect, 'colonPassword') === 'may be cut') {
    await noteColon(session, party)
    return
  }
  await assertCredentials(session, party, { password, accepted: true, what: 'the password' })
  for (const [change, altered] of alterations(password)) {
    const what = `the password ${change}`
    await assertCredentials(session, party, { password: altered, accepted: false, what })
  }
}

/** Asserts that a password with a colon is accepted or refused, and notes which. */
async function noteColon(session: RelaySession, party: Party): Promise<void> {
  const request = withPassword(party, party.device().password)
  const { status, text, exchange } = await session.ask(request)
  session.check.that({
    thing: `status of ${request.operation} with a password that has a colon`,
    expected: '200 or 401',
    got: text,
    holds: status === 200 || status === 401,
    exchange,
  })
  session.check.note(`a password with a colon is answered ${text}`)
}

/** Passwords that are nearly the given one: each must be refused, or it is not compared exactly. */
function alterations(password: string): readonly (readonly [what: string, altered: string])[] {
  const all = [
    ['in capitals', password.toUpperCase()],
    ['up to its colon', password.split(':')[0] ?? ''],
    ['without blanks around it', password.trim()],
    ['without its last character', password.slice(0, -1)],
    ['without its first character', password.slice(1)],
    ['with a character more', `${password}a`],
    ['with a space behind it', `${password} `],
    ['with a space before it', ` ${password}`],
    ['with another last character', wrongPassword(password)],
  ] as const
  return all.filter(([, altered]) => altered !== password && altered !== '')
}
