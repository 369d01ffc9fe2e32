import { readingOf } from '#driver/relay/readings.ts'
import { assertStatus } from '../../shared/status.ts'
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

/** Makes a request with each input, until one is answered 500 or more, or not at all: that one is the turn. */
export async function actUntilBroken(
  session: RelaySession,
  { party, operation }: RelayAttempt,
  inputs: readonly Oddity[],
): Promise<void> {
  for (const input of inputs) {
    const { request } = await operationNamed(operation).make(session, party)
    const { status } = await session.act(oddly(session, party, input)(request))
    if (status === null || status >= SERVER_ERROR) return
  }
}

/** Asserts that the last input was answered below 500; any status where the dialect tolerates that, which is noted. */
export function assertUnbroken(session: RelaySession): void {
  const { check, target, turn } = session
  const isForgiven = readingOf(target.dialect, 'oddRequests') === 'any status'
  const expected = isForgiven ? 'an answer' : 'a status below 500'
  const { text } = assertStatus(session, expected, (status) => isForgiven || status < SERVER_ERROR)
  if (isForgiven) check.note(`${turn.request.operation} answered ${text}`)
}
