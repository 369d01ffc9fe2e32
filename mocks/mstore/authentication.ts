import type { ParseError } from '#protocol/parse-error.ts'
import { parseCredentials, type DigestCredentials } from '#protocol/mstore/digest-credentials.ts'
import type { ChallengeRules } from './challenge.ts'
import type { MStoreStateChange } from './changes.ts'
import {
  CREDENTIALS_CHECKS,
  documentedCredentials,
  type CredentialRules,
  type CredentialsCheck,
} from './credential-checks.ts'
import { successNote } from './credential-notes.ts'
import type { BootstrappedKey, Naf } from './keys.ts'
import type { MStoreOperation } from './operations.ts'
import type { PresentedCredentials } from './presented.ts'
import type { CredentialsRefusal } from './refusals.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreRoute } from './routes.ts'
import type { MStoreScene } from './scene.ts'
import type { IssuedNonce } from './state.ts'

/** How the client of a request is authenticated (mStore spec, Authentication). */
export interface DigestRules extends CredentialRules {
  /** Whether a request with this User-Agent is passed on at all. */
  readonly servesAgent: (userAgent: string | undefined, operation: MStoreOperation | 'none') => boolean
  /** Whether an operation on a mailbox is for its own subscriber alone. */
  readonly isForOwner: (operation: MStoreOperation | 'none') => boolean
  readonly needsCredentials: (operation: MStoreOperation | 'none') => boolean
  readonly read: (header: string) => DigestCredentials | ParseError
  /** What a header that cannot be read comes to. */
  readonly unreadable: (header: string) => CredentialsRefusal | 'crashed'
  /** What is checked; where several checks fail, the first decides the answer. */
  readonly order: readonly CredentialsCheck[]
  readonly lookup: (btid: string, naf: Naf) => BootstrappedKey | undefined
  /** The nonce of that text among those that were given out. */
  readonly findNonce: (text: string, issued: ReadonlyMap<string, IssuedNonce>) => IssuedNonce | undefined
  /** Whether a request that is refused for its credentials takes effect all the same. */
  readonly actsWhenRefused: (
    operation: MStoreOperation | 'none',
    refusal: CredentialsRefusal | 'crashed',
  ) => boolean
}

/** How the mStore spec authenticates requests (Authentication; RFC 2617, 3.2.2). */
export const documentedAuthentication: DigestRules = {
  ...documentedCredentials,
  // MSTORE-AUTH-39, MSTORE-AUTH-40, MSTORE-AUTH-41, E-32
  servesAgent: (userAgent) => userAgent === '3gpp-gba',
  // MSTORE-URL-19
  isForOwner: () => true,
  // MSTORE-AUTH-01
  needsCredentials: () => true,
  // MSTORE-AUTH-35, MSTORE-AUTH-36, MSTORE-AUTH-37
  read: parseCredentials,
  // MSTORE-AUTH-46
  unreadable: () => 'malformed-credentials',
  order: ['form', 'nonce', 'btid', 'lifetime', 'uri', 'response', 'nonce-use', 'mailbox'],
  // MSTORE-AUTH-14
  lookup: (btid, { keys }) => keys.lookup(btid),
  // MSTORE-AUTH-29
  findNonce: (text, issued) => issued.get(text),
  // MSTORE-AUTH-12, MSTORE-AUTH-47
  actsWhenRefused: () => false,
}

/** What an authentication leaves behind: changes, and remarks for the journal. */
interface AuthenticationEffects {
  readonly changes: readonly MStoreStateChange[]
  readonly notes: readonly string[]
}

/** Why credentials are refused; `stale` where nothing but the nonce was wrong. */
export interface RefusedAuthentication extends AuthenticationEffects {
  readonly kind: 'refused'
  readonly refusal: CredentialsRefusal | 'crashed'
  readonly stale: boolean
}

/** Whether the credentials of a request are accepted. */
export type Authentication = (AuthenticationEffects & { readonly kind: 'accepted' }) | RefusedAuthentication

/** The scene, as far as authentication reads its rules. */
export type DigestScene = MStoreScene<{ authentication: DigestRules; challenge: ChallengeRules }>

/** Authenticates a request on that route. */
export function authenticate(request: MStoreRequest, route: MStoreRoute, scene: DigestScene): Authentication {
  const rules = scene.rulebook.authentication
  const { authorization } = request
  if (authorization === undefined) {
    return rules.needsCredentials(route.operation)
      ? refused('no-credentials', 'no Authorization')
      : { kind: 'accepted', changes: [], notes: ['no credentials'] }
  }
  const credentials = rules.read(authorization)
  if (credentials.kind === 'parse-error') return refused(rules.unreadable(authorization), credentials.reason)
  return judge(presented(request, route, { credentials, scene }), rules)
}

function refused(refusal: CredentialsRefusal | 'crashed', note: string): Authentication {
  return { kind: 'refused', refusal, stale: false, changes: [], notes: [note] }
}

function presented(
  request: MStoreRequest,
  route: MStoreRoute,
  { credentials, scene }: { readonly credentials: DigestCredentials; readonly scene: DigestScene },
): PresentedCredentials {
  const { rulebook, state, naf } = scene
  return {
    request,
    target:
      route.kind === 'operation' && rulebook.authentication.isForOwner(route.operation) ? route.target : null,
    credentials,
    realm: rulebook.challenge.realm(naf.host),
    issued: rulebook.authentication.findNonce(credentials.nonce, state.nonces),
    key: rulebook.authentication.lookup(credentials.username, naf),
    scene,
  }
}

function judge(given: PresentedCredentials, rules: DigestRules): Authentication {
  const { credentials } = given
  const failures = rules.order.flatMap((name) => CREDENTIALS_CHECKS[name](given, rules) ?? [])
  const [first] = failures
  const used: MStoreStateChange = { kind: 'nonce-used', nonce: credentials.nonce, nc: credentials.nc ?? '' }
  if (first === undefined) return { kind: 'accepted', changes: [used], notes: [successNote(given)] }
  return {
    kind: 'refused',
    refusal: first.refusal,
    stale: failures.every(({ refusal }) => refusal === 'unknown-nonce' || refusal === 'used-nonce'),
    changes: first.refusal === 'foreign-mailbox' ? [used] : [],
    notes: failures.flatMap(({ notes }) => notes),
  }
}
