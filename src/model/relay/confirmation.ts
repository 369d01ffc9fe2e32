import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { bodyMistakes, drawBody, type BodyRows } from './bodies.ts'
import { accountOf, withAccount, withName } from './changes.ts'
import { confirmed, installOf, refusedConfirmation } from './installs.ts'
import { nextName, numberGiven } from './given-names.ts'
import { allowed, type RelayJudged, type RelayOperation } from './operation.ts'
import type { AskMistake } from './refusals.ts'
import { drawKept, keptOf, withKept } from './kept-parts.ts'
import { drawPassword } from './passwords.ts'
import type { RelaySeen } from './seen.ts'
import { SPOILT_BODY } from './spoilt.ts'
import type { Account, RelayState } from './state.ts'

const BASIC = 'RELAY-VERIFY-01'
const WRONG_CODE = 403
const REGISTERED_ALREADY = 417
const UNAUTHORIZED = 401

const LACKING = 'RELAY-VERIFY-15'
const BODY: BodyRows = {
  malformed: 'RELAY-VERIFY-16',
  isListed: false,
  misshapen: {
    'without signalingKey': LACKING,
    'signalingKey null': LACKING,
    'signalingKey a list': LACKING,
    'a list': LACKING,
    'an empty object': LACKING,
  },
}

/** Codes that miss the right one, and what is violated where they are taken. */
const MISSED_CODES: Readonly<Record<string, string>> = {
  'with a letter': 'RELAY-VERIFY-13',
  'followed by a letter': 'RELAY-VERIFY-13',
  'without its last digit': 'RELAY-VERIFY-05',
  'without its first digit': 'RELAY-VERIFY-05',
  'with another first digit': 'RELAY-VERIFY-05',
  'with two digits exchanged': 'RELAY-VERIFY-05',
  'with a digit more': 'RELAY-VERIFY-05',
}

/** A confirmation is spoilt oftener than other asks are: whatever is refused must leave its code in force. */
const SPOILT_IN_A_HUNDRED = 25

const SITUATIONS = [
  'the first time',
  'again',
  'a wrong code',
  "another's code",
  'a used code',
  'a code where none was sent',
] as const

/** Headers that cannot be read. */
const BAD_HEADERS: readonly string[] = ['none', 'malformed']

/** Confirming a code: the first time, or again with everything new. */
export const CONFIRM: RelayOperation = {
  name: 'confirm a number',
  area: 'VERIFY',
  risks: ['writes', 'sends', 'destroys'],
  basic: BASIC,
  weight: ({ known, accounts }) =>
    known.can.codes ? (Object.values(accounts).some(({ code }) => code === 'sent') ? 24 : 2) : 0,
  choose,
  applies,
  situation,
  situations: [...SITUATIONS, 'no credentials', 'wrong credentials', SPOILT_BODY],
  mistakes,
  leave: (state, { party }) => (accountOf(state, party).code === 'unsure' ? 'refusal' : 'none'),
  granted: (state, ask) =>
    allowed(
      withAccount(state, ask.party, (account) =>
        confirmed(state, withKept(account, ask), {
          registration: numberGiven(ask),
          supportsSms: ask.values['supportsSms'] === 'yes',
        }),
      ),
      BASIC,
    ),
  refused: refusedAlready,
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withFormer(withKept(account, ask), numberGiven(ask))),
}

/** The name is used; where the confirmation made no device, its password is one that must not work. */
function withFormer(account: Account, registration: string): Account {
  const named = withName(account, 'registration', registration)
  const isTaken = account.devices.some(({ install }) => install === installOf(registration))
  return isTaken ? named : refusedConfirmation(named, registration, account.code)
}

function choose(state: RelayState, party: string, draw: Draw): Values | null {
  const account = accountOf(state, party)
  const registration = nextName(account, 'registration', draw)
  const sms = {
    ...(draw.chance(40) ? { supportsSms: 'yes' } : {}),
    ...drawPassword(state, draw),
    ...drawKept(account, draw),
  }
  if (account.code === 'none' || account.code === 'used')
    return draw.slip(20) ? { ...registration, ...sms, code: unsentCode(state, account, draw) } : null
  if (draw.slip(35)) return { ...registration, ...sms, code: wrongCode(state, account, draw) }
  if (draw.slip(8)) return { ...registration, ...sms, credentials: draw.oneOf(BAD_HEADERS) }
  return { ...registration, ...sms, ...drawBody(BODY, draw, SPOILT_IN_A_HUNDRED) }
}

function unsentCode(state: RelayState, { code, name }: Account, draw: Draw): string {
  const others = codesOfOthers(state, name)
  return draw.oneOf([code === 'used' ? 'used' : 'any', 'any', ...others])
}

function wrongCode(state: RelayState, { name }: Account, draw: Draw): string {
  return draw.oneOf(['wrong', 'wrong', ...Object.keys(MISSED_CODES), ...codesOfOthers(state, name)])
}

function codesOfOthers({ accounts }: RelayState, party: string): readonly string[] {
  return Object.values(accounts)
    .filter(({ name, code }) => name !== party && code === 'sent')
    .map(({ name }) => `of ${name}`)
}

function applies(state: RelayState, ask: Ask): boolean {
  const { party, values } = ask
  const { code } = values
  if (!(party in state.accounts)) return false
  const kept = keptOf(ask)
  if (kept !== null && Number(kept.from) > (accountOf(state, party).used['registration'] ?? 0)) return false
  const own = accountOf(state, party).code
  const other = /^of (\w+)$/.exec(code ?? '')?.[1]
  if (other !== undefined) return state.accounts[other]?.code === 'sent'
  if (code === 'used') return own === 'used'
  if (code === 'any') return own === 'none' || own === 'used'
  return own === 'sent' || own === 'unsure'
}

/** What is wrong with each code that is not the one that was sent last. */
function mistakeOfCode({ code }: Account, given: string | undefined): readonly AskMistake[] {
  if (given === undefined && code !== 'used') return []
  const refused = (requirement: string, statuses: readonly number[] | null): readonly AskMistake[] => [
    { what: `a code: ${given ?? 'used'}`, requirement, statuses, mayCrash: false },
  ]
  if (given === undefined || given === 'used') return refused('RELAY-VERIFY-21', null)
  const missed = MISSED_CODES[given]
  if (missed !== undefined) return refused(missed, null)
  if (code !== 'sent') return refused('RELAY-VERIFY-06', null)
  return refused(given === 'wrong' ? 'RELAY-VERIFY-05' : 'RELAY-VERIFY-07', [WRONG_CODE])
}

function mistakes(state: RelayState, ask: Ask): readonly AskMistake[] {
  const { credentials } = ask.values
  const header: readonly AskMistake[] =
    credentials === undefined
      ? []
      : [{ what: 'a bad header', requirement: 'RELAY-VERIFY-04', statuses: [UNAUTHORIZED], mayCrash: false }]
  return [
    ...header,
    ...mistakeOfCode(accountOf(state, ask.party), ask.values['code']),
    ...bodyMistakes(state, ask, BODY),
  ]
}

/** A relay may refuse to register a number again, which leaves open whether the code is used up. */
function refusedAlready(state: RelayState, { party }: Ask, { status }: RelaySeen): RelayJudged | null {
  const account = accountOf(state, party)
  if (status !== REGISTERED_ALREADY || account.devices.length === 0) return null
  return allowed(
    withAccount(state, party, (each) => ({ ...each, code: 'unsure' })),
    'RELAY-VERIFY-11',
  )
}

function situation(state: RelayState, { party, values: { code } }: Ask): (typeof SITUATIONS)[number] {
  if (code === undefined) return accountOf(state, party).devices.length > 0 ? 'again' : 'the first time'
  if (code === 'used') return 'a used code'
  if (code === 'any') return 'a code where none was sent'
  return code.startsWith('of ') ? "another's code" : 'a wrong code'
}
