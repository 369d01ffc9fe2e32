import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Violated } from '../protocol-model.ts'
import { bodyFaults, drawBody, type BodyRows } from './bodies.ts'
import { accountOf } from './changes.ts'
import { callerApplies, credentialFaults, drawCaller, mayBeUnknown } from './credentials.ts'
import { allowed, violated, type Leave, type RelayJudged, type RelayOperation } from './operation.ts'
import type { Fault } from './refusals.ts'
import type { RelaySeen, SeenContact } from './seen.ts'
import { SPOILT_BODY, SPOILT_CREDENTIALS } from './spoilt.ts'
import { standingOf } from './standing.ts'
import type { Account, RelayState } from './state.ts'

const NAME = 'query the directory'
const BASIC = 'RELAY-DIRECTORY-01'
const UNASKED = 'RELAY-DIRECTORY-04'
const LACKING = 'RELAY-DIRECTORY-09'
const BAD_TOKEN = 400
const BODY: BodyRows = {
  malformed: 'RELAY-DIRECTORY-08',
  isListed: true,
  misshapen: {
    'without contacts': LACKING,
    'contacts null': LACKING,
    'contacts a text': LACKING,
    'a list': LACKING,
    'an empty object': LACKING,
  },
}

/** Tokens that are badly formatted, and what is violated where the query is granted. */
const BAD_TOKENS: Readonly<Record<string, string>> = {
  'not Base64': 'RELAY-DIRECTORY-05',
  'nine bytes': 'RELAY-DIRECTORY-06',
  'eleven bytes': 'RELAY-DIRECTORY-06',
}
/** Tokens that miss that of a party. */
const NEAR_TOKENS = ['other case', 'another first byte', 'another last byte']
/** How the tokens of a query are ordered where the contacts do not come first. */
export const STRANGERS_FIRST = 'strangers first'

/** Sizes of a query at which something may change; strangers fill it up. */
const QUERY_SIZES = [1, 9, 10, 11, 16, 25, 99, 100, 101, 120]

const SITUATIONS = [
  'registered contacts',
  'some that may not be registered',
  'strangers alone',
  'no contacts',
  'a token beside that of a contact',
  'a badly formatted token',
] as const

/** Asking which of some contacts are registered. */
export const QUERY_DIRECTORY: RelayOperation = {
  name: NAME,
  area: 'DIRECTORY',
  basic: BASIC,
  isLimited: true,
  weight: () => 10,
  choose,
  applies: (state, ask) =>
    callerApplies(state, ask) && contactsOf(ask).every((name) => name in state.accounts),
  situation,
  situations: [...SITUATIONS, ...SPOILT_CREDENTIALS, SPOILT_BODY],
  faults: (state, ask) => [
    ...credentialFaults(state, ask, { invalid: 'RELAY-DIRECTORY-07', otherDevice: 'RELAY-DIRECTORY-21' }),
    ...tokenFaults(state, ask),
    ...bodyFaults(state, ask, BODY),
  ],
  leave: leaveOf,
  granted,
}

function choose(state: RelayState, party: string, draw: Draw): Values | null {
  const caller = drawCaller(state, party, draw)
  if (caller === null) return null
  const names = Object.keys(state.accounts).filter(() => draw.chance(70))
  const twice = draw.chance(10) ? names.slice(0, 1) : []
  return {
    ...(names.length === 0 ? {} : { contacts: [...names, ...twice].join(', ') }),
    ...drawStrangers(names.length + twice.length, draw),
    ...(draw.chance(15)
      ? { near: `${draw.oneOf(NEAR_TOKENS)} of ${draw.oneOf(Object.keys(state.accounts))}` }
      : {}),
    ...(draw.chance(6) ? { 'bad token': draw.oneOf(Object.keys(BAD_TOKENS)) } : {}),
    ...caller,
    ...drawBody(BODY, draw),
  }
}

/** So many strangers that the query has a remarkable size, behind the contacts or in front of them. */
function drawStrangers(contacts: number, draw: Draw): Values {
  if (!draw.chance(30)) return {}
  const strangers = draw.oneOf(QUERY_SIZES) - contacts
  if (strangers <= 0) return {}
  return { strangers: String(strangers), ...(draw.chance(50) ? { order: STRANGERS_FIRST } : {}) }
}

/** The parties whose tokens are in a query. */
export function contactsOf({ values: { contacts } }: Ask): readonly string[] {
  return contacts === undefined ? [] : contacts.split(', ')
}

/** In the deployed dialect a token of another length may be refused, with whatever status (E-47). */
function leaveOf(state: RelayState, ask: Ask): Leave {
  if (state.known.dialect === 'deployed' && ask.values['bad token'] !== undefined) return 'any status'
  return mayBeUnknown(state, ask) ? 'refusal' : 'none'
}

/** What a badly formatted token is taken for in the deployed dialect: no account has it (E-47). */
function tokenFaults({ known }: RelayState, { values }: Ask): readonly Fault[] {
  const kind = values['bad token']
  const requirement = BAD_TOKENS[kind ?? '']
  if (requirement === undefined) return []
  if (known.dialect === 'deployed' && kind !== 'not Base64') return []
  return [{ what: `a token: ${kind ?? ''}`, requirement, statuses: [BAD_TOKEN], mayCrash: false }]
}

function granted(state: RelayState, ask: Ask, { contacts }: RelaySeen): RelayJudged {
  if (contacts === undefined)
    return violated(BASIC, {
      thing: `answer to "${NAME}"`,
      expected: 'an object with an array "contacts"',
      got: 'something else',
    })
  const names = contactsOf(ask)
  const unasked = contacts.find(({ whom }) => !names.includes(whom))
  if (unasked !== undefined)
    return violated(missed(unasked.whom), {
      thing: 'contacts of the answer',
      expected: `some of ${names.join(', ') || 'none'}`,
      got: unasked.whom,
    })
  const caller = accountOf(state, ask.party)
  const wrong = [...new Set(names)].map((name) =>
    misfitOf(
      { state, account: accountOf(state, name), caller },
      contacts.filter(({ whom }) => whom === name),
    ),
  )
  return wrong.find((each) => each !== null) ?? allowed(state, BASIC)
}

/** What is violated where a contact is returned that is nobody's. */
function missed(whom: string): string {
  if (whom.startsWith('near ')) return 'RELAY-DIRECTORY-03'
  return whom.startsWith('a stranger') ? 'RELAY-DIRECTORY-02' : UNASKED
}

interface Listing {
  readonly state: RelayState
  readonly account: Account
  readonly caller: Account
}

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

function situation(state: RelayState, ask: Ask): (typeof SITUATIONS)[number] {
  const { strangers, near, 'bad token': badToken } = ask.values
  const names = contactsOf(ask)
  if (badToken !== undefined) return 'a badly formatted token'
  if (near !== undefined) return 'a token beside that of a contact'
  if (names.length === 0) return strangers === undefined ? 'no contacts' : 'strangers alone'
  return names.every((name) => standingOf(accountOf(state, name)) === 'registered')
    ? 'registered contacts'
    : 'some that may not be registered'
}
