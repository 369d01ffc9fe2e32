import { directoryToken } from '#protocol/relay/tokens.ts'
import { queryDirectory } from '#driver/relay/operations.ts'
import { basicRequirement } from './basic-requirements.ts'
import { entriesFor, entriesOf, plainToken, tokensAsked, type Entry } from './contacts.ts'
import type { Party } from './party.ts'
import { credentials } from './registration.ts'
import { refuseUnsynchronised } from './synchronisation.ts'
import { isOk, type RelaySession } from './session.ts'
import { successOf } from '../../shared/support/session.ts'

/** That the registered contacts, and no others, are returned. */
export const LISTING = 'RELAY-DIRECTORY-02'
/** That a contact of the relay's own names no node. */
const OWN_CONTACT = 'RELAY-DIRECTORY-11'
/** That supportsSms is in a form that can be read. */
const SMS_FORM = 'RELAY-DIRECTORY-12'

/**
 * Asserts that the entries are of those parties, each once, in any order. Where all that was to be found is
 * missing, or something is found that was not asked for, the listing as such is violated.
 */
export function assertFound(
  session: RelaySession,
  entries: readonly Entry[],
  expected: readonly Party[],
): void {
  const names = new Map(session.parties().map(({ name, number }) => [directoryToken(number), name]))
  const { request, observed } = session.turn
  const asked = tokensAsked(request)
  const tokens = entries.map(({ token }) => plainToken(token))
  const found = listed(tokens.map((token) => names.get(token) ?? `the token ${token}`))
  const known = listed(tokens.map((token) => names.get(token) ?? 'a token of no account of the scenario'))
  const wanted = listed(expected.map(({ name }) => name))
  if (expected.length > 0) assertGranted(session)
  const missing = expected.filter(({ number }) => !tokens.includes(directoryToken(number)))
  for (const party of missing) refuseUnsynchronised(session, party)
  const nothing = expected.length > 0 && entries.length === 0
  const unasked = tokens.some((token) => !asked.includes(token))
  session.check.that({
    requirement: nothing || unasked ? LISTING : session.check.requirement,
    thing: 'contacts found',
    expected: wanted,
    got: found,
    lasting: { got: known },
    holds: wanted === found,
    exchange: observed.exchange,
  })
}

/** Asserts that the query was answered at all; where it was not, nothing can be said of what it finds. */
function assertGranted({ turn: { request, observed }, check }: RelaySession): void {
  const granted = isOk(observed)
  check.that({
    requirement: granted ? check.requirement : basicRequirement(request, observed.status),
    thing: successOf(request),
    expected: '200 or 204',
    got: observed.text,
    holds: granted,
    exchange: observed.exchange,
  })
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.toSorted().join(', ')
}

/** The party that looks another up, and what must come of it. */
export interface Lookup {
  readonly from: string
  readonly contact: string
  readonly listed: boolean
}

/** Asserts that the directory lists the party or does not. */
export async function assertListed(session: RelaySession, { from, contact, listed }: Lookup): Promise<void> {
  const token = directoryToken(session.party(contact).number)
  const answer = await session.succeed(queryDirectory(credentials(session.party(from)), [token]))
  const found = entriesFor(entriesOf(session, answer), token)
  if (listed && found.length === 0) refuseUnsynchronised(session, session.party(contact))
  session.check.that({
    requirement: listed ? session.requirementHere(LISTING) : session.check.requirement,
    thing: `directory entries of ${contact}`,
    expected: listed ? 'one' : 'none',
    got: String(found.length),
    holds: found.length === (listed ? 1 : 0),
    exchange: answer.exchange.id,
  })
}

/** How a contact says that it supports SMS, and that it does not; the relay spec prints the text "true" (E-04). */
const SMS: readonly unknown[] = [true, 'true']
const NO_SMS: readonly unknown[] = [undefined, null, false, 'false']

/** Asserts what an entry says of SMS. */
export function assertSupportsSms(
  session: RelaySession,
  { name }: Party,
  { entry, expected }: { readonly entry: Entry; readonly expected: boolean },
): void {
  const value = entry['supportsSms']
  const right = expected ? SMS : NO_SMS
  session.check.that({
    requirement: [...SMS, ...NO_SMS].includes(value) ? session.check.requirement : SMS_FORM,
    thing: `supportsSms of ${name} in the directory`,
    expected: right.map(shown).join(' or '),
    got: shown(value),
    holds: right.includes(value),
  })
}

/** Asserts the name of the node that a contact is at: PEER for the peer, empty for a contact of the relay's own. */
export function assertRelay(
  session: RelaySession,
  { name }: Party,
  { entry, expected }: { readonly entry: Entry; readonly expected: string },
): void {
  const value = entry['relay']
  const peer = expected === 'PEER' ? session.home.capabilities.federation().name : expected
  session.check.that({
    requirement: peer === '' ? OWN_CONTACT : session.check.requirement,
    thing: `relay of ${name} in the directory`,
    expected: peer === '' ? 'absent' : shown(peer),
    got: shown(value),
    holds: peer === '' ? value === undefined || value === null || value === '' : value === peer,
  })
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value)
}
