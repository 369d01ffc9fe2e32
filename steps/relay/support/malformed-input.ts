import { assertStatus } from '../../shared/support/status.ts'
import { oddly, type Oddity } from './odd-requests.ts'
import { operationNamed } from './operations.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

const SERVER_ERROR = 500

/** Which operation is tried, and by which party. */
interface RelayAttempt {
  readonly party: Party
  readonly operation: string
}

/** Makes a request with each input, until one is not answered: that one is the turn. Answers of 500 and more are noted. */
export async function actUntilUnanswered(
  session: RelaySession,
  { party, operation }: RelayAttempt,
  inputs: readonly Oddity[],
): Promise<void> {
  for (const input of inputs) {
    const { request } = await operationNamed(operation).make(session, party)
    const odd = oddly(session, party, input)(request)
    const { status, text } = await session.act(odd)
    if (status === null) return
    if (status >= SERVER_ERROR) session.check.note(`${odd.operation} answered ${text}`)
  }
}

/** Asserts that the last input was answered, whatever the answer. */
export function assertAnswered(session: RelaySession): void {
  assertStatus(session, 'an answer', () => true)
}
