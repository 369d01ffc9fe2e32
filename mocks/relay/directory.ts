import { directoryToken, parseDirectoryToken } from '#protocol/relay/tokens.ts'
import { decidedBySteps } from '#mocks/engine/decision.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { type StepResult, type Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import {
  incomplete,
  mistyped,
  readBody,
  refuseBody,
  type BadBody,
  type BodyRules,
  type JsonMembers,
} from './bodies.ts'
import type { RelayChange } from './changes.ts'
import { limit, type LimitRules } from './limits.ts'
import type { OutcomeOf } from './outcomes.ts'
import { reachableDevices, type ReachabilityRules, type ReachabilityScene } from './reachability.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { RawBody, RequestHead } from './requests.ts'

/** The rules that decide a query of the directory. */
export interface DirectoryRulebook {
  readonly directory: DirectoryRules
  readonly reachability: ReachabilityRules
  readonly authentication: AuthenticationRules
  readonly bodies: BodyRules
  readonly limits: LimitRules
}

/** What the rules of the directory may read. */
export type DirectoryScene = RelayScene<DirectoryRulebook>

/** A query of the directory, its body not yet read. */
export interface QueryDirectory extends RequestHead {
  readonly kind: 'query-directory'
  readonly body: RawBody
}

/** A number that can be written to, as the directory describes it. */
export interface Contact {
  readonly token: string
  /** The node it is registered at; null where that is this one. */
  readonly relay: string | null
  readonly supportsSms: boolean
}

/** The elements of a query. */
export interface DirectoryQuery {
  readonly kind: 'query'
  readonly tokens: readonly (string | null)[]
}

/** An element of a query as a token in its one right form, or why it is none. */
export type ReadToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bad-token' | 'short-token' | 'null-token' }

/** How the directory answers (relay spec, Getting a contact intersection). */
export interface DirectoryRules {
  readonly order: readonly DirectoryStep[]
  readonly read: (members: JsonMembers, bodies: BodyRules) => DirectoryQuery | BadBody
  readonly token: (element: string | null) => ReadToken
  /** The contact that is registered under a token; undefined where there is none. */
  readonly find: (token: string, scene: DirectoryScene) => Contact | undefined
  /** What a query finds, in the order of the answer. */
  readonly matches: (tokens: readonly string[], scene: DirectoryScene) => readonly Contact[]
  readonly contact: (contact: Contact, scene: DirectoryScene) => Json
  readonly body: (contacts: readonly Json[]) => Json
}

/** `others` answers all but the caller's own number. */
export type DirectoryStep = 'authenticate' | 'body' | 'limit' | 'tokens' | 'answer' | 'others'

/** How the relay spec intersects contacts (Getting a contact intersection). */
export const documentedDirectory: DirectoryRules = {
  // RELAY-AUTH-07; RELAY-DIRECTORY-15: all tokens are judged before any is looked up
  order: ['authenticate', 'body', 'limit', 'tokens', 'answer'],
  read: readQuery,
  // RELAY-DIRECTORY-05, RELAY-DIRECTORY-06, E-47
  token: (element) => {
    if (element === null) return { kind: 'null-token' }
    if (parseDirectoryToken(element).kind === 'token') return { kind: 'token', token: element }
    return { kind: element.length === 1 ? 'short-token' : 'bad-token' }
  },
  find: findContact,
  // RELAY-DIRECTORY-02, RELAY-DIRECTORY-16, RELAY-DIRECTORY-20: once for each time it is asked for
  matches: (tokens, scene) => tokens.flatMap((token) => scene.rulebook.directory.find(token, scene) ?? []),
  // RELAY-DIRECTORY-04, RELAY-DIRECTORY-10 to RELAY-DIRECTORY-13, E-04
  contact: ({ token, relay, supportsSms }) => ({
    token,
    ...(relay === null ? {} : { relay }),
    ...(supportsSms ? { supportsSms } : {}),
  }),
  // RELAY-DIRECTORY-01
  body: (contacts) => ({ contacts }),
}

/** Reads a query: an array of texts, which may be empty (RELAY-DIRECTORY-09, -14, -18). */
function readQuery({ contacts }: JsonMembers, bodies: BodyRules): DirectoryQuery | BadBody {
  if (bodies.isMissing(contacts)) return incomplete('contacts')
  if (!Array.isArray(contacts)) return mistyped('contacts', 'an array')
  const tokens: readonly unknown[] = contacts
  return tokens.every((token) => typeof token === 'string')
    ? { kind: 'query', tokens }
    : mistyped('contacts', 'texts')
}

/**
 * The contact of a token: a number of this node that can be reached (RELAY-DIRECTORY-17, 5.10), else what
 * a peer lists, the peers in their order.
 */
function findContact(token: string, scene: DirectoryScene): Contact | undefined {
  const number = scene.state.numbersByToken.get(token)
  const here = number === undefined ? undefined : contactOf(number, scene)
  if (here !== undefined) return { token, ...here }
  const there = scene.state.peerListings.of(token)
  return there && { token, relay: there.peer, supportsSms: there.supportsSms }
}

/** How the directory describes a number of this node; undefined where it is not registered. */
export function contactOf(
  number: string,
  { state, rulebook }: ReachabilityScene,
): Omit<Contact, 'token'> | undefined {
  const account = state.accounts.get(number)
  if (account === undefined || reachableDevices(account, rulebook.reachability) === null) return undefined
  return { relay: null, supportsSms: account.supportsSms }
}

/** What a query is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface QueryContext {
  readonly caller: Caller | Unauthenticated
  readonly read: DirectoryQuery | BadBody
  readonly scene: DirectoryScene
}

type DirectoryKind = OutcomeOf<'query-directory'>
type QueryResult = StepResult<DirectoryKind, RelayChange>

const steps: Steps<DirectoryStep, QueryContext, DirectoryKind, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  body: ({ read }) => (read.kind === 'query' ? { kind: 'passed' } : refuseBody(read)),
  limit: ({ caller, read, scene }) => {
    if (caller.kind !== 'caller') return callersOnly(caller)
    const tokens = read.kind === 'query' ? read.tokens.length : 0
    return limit('contacts', { number: caller.account.number, tokens }, scene)
  },
  tokens: ({ read, scene }) => (read.kind === 'query' ? judgeTokens(read, scene) : refuseBody(read)),
  answer: ({ read, scene }) =>
    read.kind === 'query'
      ? { kind: 'passed', content: { kind: 'json', value: answer(read, scene) } }
      : refuseBody(read),
  others: ({ caller, read, scene }) => {
    if (read.kind !== 'query') return refuseBody(read)
    const own = caller.kind === 'caller' ? directoryToken(caller.account.number) : null
    const tokens = read.tokens.filter((token) => token !== own)
    return { kind: 'passed', content: { kind: 'json', value: answer({ ...read, tokens }, scene) } }
  },
}

function judgeTokens({ tokens }: DirectoryQuery, { rulebook }: DirectoryScene): QueryResult {
  for (const [place, element] of tokens.entries()) {
    const { kind } = rulebook.directory.token(element)
    if (kind !== 'token')
      return { kind: 'refused', as: kind, notes: [`contacts[${place}]: expected a token of 14 characters`] }
  }
  return { kind: 'passed' }
}

function answer({ tokens }: DirectoryQuery, scene: DirectoryScene): Json {
  const { directory } = scene.rulebook
  const readable = tokens.map(directory.token).flatMap((read) => (read.kind === 'token' ? read.token : []))
  return directory.body(
    directory.matches(readable, scene).map((contact) => directory.contact(contact, scene)),
  )
}

/** Decides a query of the directory. */
export function decideDirectoryQuery(event: QueryDirectory, scene: DirectoryScene): RelayDecision {
  const { directory, bodies } = scene.rulebook
  const operation = 'query-directory'
  const body = readBody(event.body, bodies, operation)
  const submission: QueryContext = {
    caller: authenticate(event.authorization, operation, scene),
    read: body.kind === 'object' ? directory.read(body.members, bodies) : body,
    scene,
  }
  return decidedBySteps(operation, 'answered', { order: directory.order, steps, context: submission })
}
