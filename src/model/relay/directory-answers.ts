import type { Ask } from '../ask.ts'
import type { Violated } from '../protocol-model.ts'
import { accountOf } from './changes.ts'
import { allowed, violated, type RelayJudged } from './operation.ts'
import type { RelaySeen, SeenContact } from './seen.ts'
import { standingOf } from './standing.ts'
import type { Account, RelayState } from './state.ts'

/** The name of the operation that queries the directory. */
export const QUERY = 'query the directory'

/** The requirement that a right query is answered as it is. */
export const QUERIED = 'RELAY-DIRECTORY-01'

const UNASKED = 'RELAY-DIRECTORY-04'

/** The parties whose tokens are in a query. */
export function contactsOf({ values: { contacts } }: Ask): readonly string[] {
  return contacts === undefined ? [] : contacts.split(', ')
}

/** What follows from an answer to a query: each contact is listed as it must be, and no other number is. */
export function judgeContacts(state: RelayState, ask: Ask, { contacts }: RelaySeen): RelayJudged {
  if (contacts === undefined)
    return violated(QUERIED, {
      thing: `answer to "${QUERY}"`,
      expected: 'an object with an array "contacts"',
      got: 'something else',
    })
  const names = contactsOf(ask)
  const unasked = contacts.find(({ owner }) => !names.includes(owner))
  if (unasked !== undefined)
    return violated(missed(unasked.owner), {
      thing: 'contacts of the answer',
      expected: `some of ${names.join(', ') || 'none'}`,
      got: unasked.owner,
    })
  const caller = accountOf(state, ask.party)
  const wrong = [...new Set(names)].map((name) =>
    misfitOf(
      { state, account: accountOf(state, name), caller },
      contacts.filter(({ owner }) => owner === name),
    ),
  )
  return wrong.find((each) => each !== null) ?? allowed(state, QUERIED)
}

/** What is violated where a contact is returned under a token that belongs to no account. */
function missed(owner: string): string {
  if (owner.startsWith('near ')) return 'RELAY-DIRECTORY-03'
  return owner.startsWith('an unused number') ? 'RELAY-DIRECTORY-02' : UNASKED
}

interface Listing {
  readonly state: RelayState
  readonly account: Account
  readonly caller: Account
}

/** Of a number at the other node its node may still have what was said earlier, where it is not known what it has learnt. */
function misfitOf({ state, account, caller }: Listing, entries: readonly SeenContact[]): Violated | null {
  const { name, supportsSms, node } = account
  const isElsewhere = node !== caller.node
  const [entry] = entries
  const listing = listingOf(state, account, isElsewhere)
  const thing = `${name} in the directory`
  if (entry === undefined)
    return listing === 'must'
      ? violated('RELAY-DIRECTORY-16', { thing, expected: 'listed', got: 'not listed' })
      : null
  if (listing === 'must not')
    return violated('RELAY-DIRECTORY-02', { thing, expected: 'not listed', got: 'listed' })
  const relay = isElsewhere ? 'peer' : 'none'
  const foreign = entries.find((each) => each.relay !== relay)
  if (foreign !== undefined)
    return violated(isElsewhere ? 'RELAY-DIRECTORY-10' : 'RELAY-DIRECTORY-11', {
      thing: `relay of ${name}`,
      expected: relay,
      got: foreign.relay,
    })
  if (isElsewhere && !state.known.can.synchronise) return null
  const other = entries.find((each) => each.supportsSms !== supportsSms)
  return other === undefined
    ? null
    : violated(supportsSms ? 'RELAY-DIRECTORY-12' : 'RELAY-DIRECTORY-13', {
        thing: `supportsSms of ${name}`,
        expected: String(supportsSms),
        got: String(other.supportsSms),
      })
}

/** Whether a number is in the directory: one that is certainly registered is, one that was never confirmed is not. */
function listingOf(
  { known }: RelayState,
  account: Account,
  isElsewhere: boolean,
): 'must' | 'may' | 'must not' {
  const standing = standingOf(account)
  if (standing === 'unknown') return 'must not'
  return standing === 'registered' && (!isElsewhere || known.can.synchronise) ? 'must' : 'may'
}
