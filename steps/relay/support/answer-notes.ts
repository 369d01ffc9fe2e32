import { assertStatus } from '../../shared/support/status.ts'
import { fateOf, membersOf } from './blobs.ts'
import { entriesOf } from './contacts.ts'
import { noteRegistrationId } from './prekey-answers.ts'
import type { RelaySession } from './session.ts'

type AnswerNote = (session: RelaySession) => Promise<void> | void

/** Notes what a part of the answer is, whatever it is. */
export const ANSWER_NOTES: Readonly<Record<string, AnswerNote>> = {
  'WWW-Authenticate': (session) => {
    const { answer } = assertStatus(session, '401', (got) => got === 401)
    session.check.note(`WWW-Authenticate: ${answer?.header('WWW-Authenticate') ?? 'absent'}`)
  },
  location: noteLocation,
  'number of contacts': (session) => {
    const { answer, text } = assertStatus(session, 'a status below 500', (got) => got < 500)
    session.check.note(`answered ${text} with ${entriesOf(session, answer).length} contacts`)
  },
  "registrationId of Bob's prekey": (session) => {
    noteRegistrationId(session, session.party('Bob'))
  },
}

/** What became of a place that was never allocated: the answer, and a download from there. */
async function noteLocation(session: RelaySession): Promise<void> {
  const { text, answer } = assertStatus(session, 'a status below 500', (got) => got < 500)
  const { location } = membersOf(answer)
  const fate = typeof location === 'string' ? await fateOf(session, location) : null
  session.check.note(`answered ${text}${fate === null ? '' : `; a download from its location ${fate}`}`)
}
