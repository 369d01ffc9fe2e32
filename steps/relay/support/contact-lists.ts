import { directoryToken } from '#protocol/relay/tokens.ts'
import { assertFound, assertRelay, assertSupportsSms } from './contact-checks.ts'
import { entriesFor, entriesOf } from './contacts.ts'
import type { RelaySession } from './session.ts'

/** Asserts that the contacts found are those of a table, with what it says of each: `relay`, `supportsSms`. */
export function assertContacts(
  session: RelaySession,
  [columns = [], ...rows]: readonly (readonly string[])[],
): void {
  const expected = rows.map((cells) => {
    const row = new Map(columns.map((column, place) => [column, cells[place]]))
    return { row, party: session.party(row.get('contact') ?? '') }
  })
  const entries = entriesOf(session, session.turn.observed.answer)
  assertFound(
    session,
    entries,
    expected.map(({ party }) => party),
  )
  for (const { row, party } of expected) {
    const [entry = {}] = entriesFor(entries, directoryToken(party.number))
    const [relay, sms] = [row.get('relay'), row.get('supportsSms')]
    if (relay !== undefined) assertRelay(session, party, { entry, expected: relay })
    if (sms !== undefined) assertSupportsSms(session, party, { entry, expected: sms === 'true' })
  }
}

/** Asserts that no contact is found. */
export function assertNoContacts(session: RelaySession): void {
  assertFound(session, entriesOf(session, session.turn.observed.answer), [])
}
