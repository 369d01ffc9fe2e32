import { expectedStatuses } from '#driver/relay/expectations.ts'
import { assertStatus } from '../../shared/support/status.ts'
import { assertCredentials } from './credential-checks.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/** Asserts that of the passwords of two registrations the later one works, or the earlier where the later was refused (417). */
export async function assertOnePassword(session: RelaySession, party: Party): Promise<void> {
  const allowed = expectedStatuses(session.target.dialect, 200, 'confirmed again')
  const { status } = assertStatus(session, allowed.join(' or '), (got) => allowed.includes(got))
  const replaced = status !== 417
  if (!replaced) session.check.note('a number registered here cannot be registered again (417)')
  const [former] = party.former
  if (former === undefined) throw new Error(`${party.name} has registered only once`)
  const { password } = party.device()
  await assertCredentials(session, party, { password, accepted: replaced, what: 'the later password' })
  const earlier = { password: former.password, accepted: !replaced, what: 'the earlier password' }
  await assertCredentials(session, party, earlier)
}
