import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { bodyMistakes, drawBody, type BodyRows } from './bodies.ts'
import { accountOf } from './changes.ts'
import { callerApplies, credentialMistakes, drawCaller, mayBeUnknown } from './credentials.ts'
import { leaveOfContents, type Leave, type RelayOperation } from './operation.ts'
import type { AskMistake } from './refusals.ts'
import type { RelaySeen } from './seen.ts'
import { SPOILT_BODY, SPOILT_CREDENTIALS } from './spoilt.ts'
import { standingOf } from './standing.ts'
import type { RelayState } from './state.ts'
import { QUERY, QUERIED, contactsOf, judgeContacts } from './directory-answers.ts'

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
const NEAR_TOKENS = ['other case', 'another first byte', 'another middle byte', 'another last byte']

/** How the tokens of a query are ordered where the contacts do not come first. */
export const UNUSED_FIRST = 'unused numbers first'

/** Sizes of a query at which something may change; unused numbers fill it up. */
const QUERY_SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 17, 20, 24, 25, 99, 100, 101, 120]
const SIZED_IN_A_HUNDRED = 45
/** Of a hundred queries so many name a contact twice. */
const TWICE_IN_A_HUNDRED = 15
/** More tokens than that a relay may refuse, since the relay spec names no size of a query. */
const MOST_CERTAIN = 25

const SITUATIONS = [
  'registered contacts',
  'some that may not be registered',
  'unused numbers alone',
  'no contacts',
  'a token beside that of a contact',
  'a badly formatted token',
] as const

/** Asking which of some contacts are registered. */
export const QUERY_DIRECTORY: RelayOperation = {
  name: QUERY,
  area: 'DIRECTORY',
  basic: QUERIED,
  weight: () => 10,
  choose,
  applies: (state, ask) =>
    callerApplies(state, ask) && contactsOf(ask).every((name) => name in state.accounts),
  situation,
  situations: [...SITUATIONS, ...SPOILT_CREDENTIALS, SPOILT_BODY],
  mistakes: (state, ask) => [
    ...credentialMistakes(state, ask, { invalid: 'RELAY-DIRECTORY-07', otherDevice: 'RELAY-DIRECTORY-21' }),
    ...tokenMistakes(state, ask),
    ...bodyMistakes(state, ask, BODY),
  ],
  leave: leaveOf,
  granted: judgeContacts,
}

function choose(state: RelayState, party: string, draw: Draw): Values | null {
  const caller = drawCaller(state, party, draw)
  if (caller === null) return null
  const names = Object.keys(state.accounts).filter(() => draw.chance(70))
  const twice = draw.chance(TWICE_IN_A_HUNDRED) ? names.slice(0, 1) : []
  const isAtTheEnd = draw.chance(50)
  return {
    ...(names.length === 0
      ? {}
      : { contacts: (isAtTheEnd ? [...names, ...twice] : [...twice, ...names]).join(', ') }),
    ...drawUnused(names.length + twice.length, draw),
    ...(draw.slip(15)
      ? { near: `${draw.oneOf(NEAR_TOKENS)} of ${draw.oneOf(Object.keys(state.accounts))}` }
      : {}),
    ...(draw.slip(6) ? { 'bad token': draw.oneOf(Object.keys(BAD_TOKENS)) } : {}),
    ...caller,
    ...drawBody(BODY, draw),
  }
}

/** So many unused numbers that the query has a remarkable size, behind the contacts or in front of them. */
function drawUnused(contacts: number, draw: Draw): Values {
  if (!draw.chance(SIZED_IN_A_HUNDRED)) return {}
  const unused = draw.oneOf(QUERY_SIZES) - contacts
  if (unused <= 0) return {}
  return { 'unused numbers': String(unused), ...(draw.chance(50) ? { order: UNUSED_FIRST } : {}) }
}

/** In the deployed dialect a token of another length may be refused, with whatever status (E-47). */
function leaveOf(state: RelayState, ask: Ask, seen: RelaySeen): Leave {
  if (state.known.dialect === 'deployed' && ask.values['bad token'] !== undefined) return 'any status'
  return mayBeUnknown(state, ask) ? 'refusal' : leaveOfContents(isOpen(state, ask), seen)
}

/** Whether the relay spec leaves open that a query of as many tokens is answered: it shows a list with some in it. */
function isOpen({ known }: RelayState, ask: Ask): boolean {
  const size = sizeOf(ask)
  return size > MOST_CERTAIN || (size === 0 && known.dialect === 'documented')
}

/** How many tokens a query has. */
function sizeOf(ask: Ask): number {
  const { 'unused numbers': unused = '0', near, 'bad token': bad } = ask.values
  return contactsOf(ask).length + Number(unused) + [near, bad].filter((one) => one !== undefined).length
}

/** What a badly formatted token is taken for in the deployed dialect: no account has it (E-47). */
function tokenMistakes({ known }: RelayState, { values }: Ask): readonly AskMistake[] {
  const kind = values['bad token']
  const requirement = BAD_TOKENS[kind ?? '']
  if (requirement === undefined) return []
  if (known.dialect === 'deployed' && kind !== 'not Base64') return []
  return [{ what: `a token: ${kind ?? ''}`, requirement, statuses: [BAD_TOKEN], mayCrash: false }]
}

function situation(state: RelayState, ask: Ask): (typeof SITUATIONS)[number] {
  const { 'unused numbers': unused, near, 'bad token': badToken } = ask.values
  const names = contactsOf(ask)
  if (badToken !== undefined) return 'a badly formatted token'
  if (near !== undefined) return 'a token beside that of a contact'
  if (names.length === 0) return unused === undefined ? 'no contacts' : 'unused numbers alone'
  return names.every((name) => standingOf(accountOf(state, name)) === 'registered')
    ? 'registered contacts'
    : 'some that may not be registered'
}
