import { directoryToken } from '#protocol/relay/tokens.ts'
import { assertFound, assertRelay, assertSupportsSms } from './contact-checks.ts'
import { entriesFor, entriesOf, tokensAsked } from './contacts.ts'
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
  if (isRefusedAsTooMany(session)) return
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

/** Contacts that any client has, so that a query for so many is never too large. */
const FEW = 10
const TOO_MANY = 413

/** Whether a query for many contacts was refused by a limiter, which the relay spec leaves open (E-46) and which is noted. */
function isRefusedAsTooMany({ check, turn: { request, observed } }: RelaySession): boolean {
  const asked = tokensAsked(request).length
  if (observed.status !== TOO_MANY || asked <= FEW) return false
  const { text, exchange } = observed
  const expected = `contacts, or ${TOO_MANY} for too many of them`
  check.that({ thing: `answer to ${asked} tokens`, expected, got: text, holds: true, exchange })
  check.note(`a query for ${asked} contacts is answered ${text}`)
  return true
}
