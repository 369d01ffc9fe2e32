import type { Ask } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import type { MStoreKnown } from './known.ts'
import type { MStoreSeen } from './seen.ts'
import type { MStoreState } from './state.ts'
import { isWorkedOn, mustBeRefused, allowed } from './verdicts.ts'

/** What a server must make of credentials: refuse them, for the sake of a requirement, or what it likes. */
type Treatment = { readonly kind: 'refused'; readonly requirement: string } | { readonly kind: 'open' }

const OPEN: Treatment = { kind: 'open' }
const refusedFor = (requirement: string): Treatment => ({ kind: 'refused', requirement })

/** The methods that a digest may be for. */
const METHODS = ['GET', 'PUT', 'POST', 'DELETE'] as const

/** The methods of the operations. */
const METHOD_OF: Readonly<Record<string, (typeof METHODS)[number]>> = {
  'write the profile': 'PUT',
  'change the PIN': 'PUT',
  'set a flag': 'PUT',
  'clear a flag': 'DELETE',
  'delete in bulk': 'DELETE',
  'update in bulk': 'POST',
  'upload a greeting': 'POST',
  search: 'POST',
}

/** Ways to be wrong of one kind, by what is said of them: a request is drawn by the kind first. */
type Kind = Readonly<Record<string, Treatment>>

const NO_CREDENTIALS: Kind = { none: refusedFor('MSTORE-AUTH-01') }
const OTHER_KEYS: Kind = {
  'another key': refusedFor('MSTORE-AUTH-27'),
  'the response with another last digit': refusedFor('MSTORE-AUTH-26'),
  'the key without its padding': refusedFor('MSTORE-AUTH-17'),
  'the key and a line feed': refusedFor('MSTORE-AUTH-18'),
  'the key in hexadecimal': refusedFor('MSTORE-AUTH-15'),
}
const OTHER_NONCES: Kind = {
  'another nonce': refusedFor('MSTORE-AUTH-29'),
  'the nonce with another last character': refusedFor('MSTORE-AUTH-29'),
  'the nonce twice': OPEN,
}
const OTHER_USERS: Kind = {
  'another user name': refusedFor('MSTORE-AUTH-14'),
  'the user name with another first character': refusedFor('MSTORE-AUTH-14'),
  'the user name with another last character': refusedFor('MSTORE-AUTH-14'),
  'the user name with a character more': refusedFor('MSTORE-AUTH-14'),
  'the user name in another case': refusedFor('MSTORE-AUTH-14'),
}
const OTHER_METHODS: Kind = Object.fromEntries(
  METHODS.map((method) => [`for the method ${method}`, refusedFor('MSTORE-AUTH-30')]),
)
const OTHER_CHALLENGES: Kind = { 'answering a challenge of the profile': OPEN }

/** Of another party: all of them, or one half. */
const OF_ANOTHER: Readonly<Record<string, Treatment>> = {
  'those of': refusedFor('MSTORE-URL-19'),
  'the user name of': refusedFor('MSTORE-AUTH-27'),
  'the key of': refusedFor('MSTORE-AUTH-27'),
}

/** For another URL than that of the request (E-08). */
const FOR_ANOTHER_URL = ['for the URL with another last character', 'for the profile'] as const

/** The operations whose URL is that of the profile. */
const OF_THE_PROFILE: readonly string[] = ['read the profile', 'write the profile', 'change the PIN']

/** Whether a digest for that method or URL is a right one for the operation. */
function isRight(credentials: string, operation: string): boolean {
  return (
    credentials === `for the method ${METHOD_OF[operation] ?? 'GET'}` ||
    (credentials === 'for the profile' && OF_THE_PROFILE.includes(operation))
  )
}

/** An earlier challenge, by the name that it was given; the life of a nonce is open (E-54). */
const EARLIER = /^answering (challenge \d+ of \w+)$/

/** The credentials that a request may have instead of its own. */
export interface CredentialDeviations {
  readonly choose: (state: MStoreState, party: string, draw: Draw) => string
  readonly applies: (state: MStoreState, ask: Ask) => boolean
  readonly treatment: (credentials: string) => Treatment
}

/** The deviations that there are; a digest for another URL is refused in the documented dialect alone (E-08). */
export function credentialDeviations({ dialect, makesMailboxes }: MStoreKnown): CredentialDeviations {
  const otherUrl = dialect === 'documented' ? refusedFor('MSTORE-AUTH-31') : OPEN
  const otherUrls: Kind = Object.fromEntries(FOR_ANOTHER_URL.map((words) => [words, otherUrl]))
  const kinds = [
    NO_CREDENTIALS,
    OTHER_KEYS,
    OTHER_NONCES,
    OTHER_NONCES,
    OTHER_USERS,
    OTHER_METHODS,
    otherUrls,
    OTHER_CHALLENGES,
  ]
  const alone: Kind = Object.assign({}, ...kinds) as Kind
  return {
    choose: (state, party, draw) => chooseOf(kinds, { state, party }, draw),
    applies: (state, { values: { credentials = '' } }) => {
      const challenge = EARLIER.exec(credentials)?.[1]
      const other = /^(?:those|the user name|the key) of (\w+)$/.exec(credentials)?.[1]
      return (
        (challenge === undefined || isTaken(state, challenge)) &&
        (other === undefined || (makesMailboxes && state.mailboxes.has(other)))
      )
    },
    treatment: (credentials) => alone[credentials] ?? OF_ANOTHER[credentials.replace(/ \w+$/, '')] ?? OPEN,
  }
}

function isTaken({ mailboxes }: MStoreState, challenge: string): boolean {
  return [...mailboxes.values()].some(({ challenges }) => challenges.includes(challenge))
}

const EARLIER_PERCENT = 10

function chooseOf(
  kinds: readonly Kind[],
  { state, party }: { readonly state: MStoreState; readonly party: string },
  draw: Draw,
): string {
  const challenges = [...state.mailboxes.values()].flatMap((mailbox) => mailbox.challenges)
  if (challenges.length > 0 && draw.chance(EARLIER_PERCENT)) return `answering ${draw.oneOf(challenges)}`
  const others = [...state.mailboxes.keys()].filter((other) => other !== party)
  const ofOthers = others.flatMap((other) => Object.keys(OF_ANOTHER).map((words) => `${words} ${other}`))
  const named = kinds.map((kind) => Object.keys(kind))
  return draw.oneOf(draw.oneOf(ofOthers.length === 0 ? named : [...named, ofOthers]))
}

/** A request with other credentials than its own: refused, or where that is open judged as any other if it is granted. */
export function judgeCredentials(
  state: MStoreState,
  { ask, seen }: { readonly ask: Ask; readonly seen: MStoreSeen },
  {
    deviations,
    served,
  }: { readonly deviations: CredentialDeviations; readonly served: () => Judged<MStoreState> },
): Judged<MStoreState> {
  const { credentials = '' } = ask.values
  const treatment = isRight(credentials, ask.operation) ? OPEN : deviations.treatment(credentials)
  if (treatment.kind === 'refused') return mustBeRefused(state, { ask, seen }, treatment.requirement)
  if (seen.results !== 'hidden') return isWorkedOn(seen) ? served() : allowed(state)
  const inFull = served()
  return inFull.kind === 'violated' ? allowed(state) : allowed([state, ...inFull.next])
}
