import { deriveKsNaf, MSTORE_UA_PROTOCOL, nafId } from '#protocol/gba/key-derivation.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import type { DigestInput } from '#protocol/digest.ts'
import {
  formFaults,
  isRightResponse,
  parseCredentials,
  type DigestCredentials,
  type FormFault,
} from '#protocol/mstore/digest-credentials.ts'
import { passwordBytes, type PasswordForm } from '#protocol/mstore/digest-mistakes.ts'
import { digestUri, type DigestRequest, type UriForm } from '#protocol/mstore/digest-uri.ts'
import type { MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { MStoreChange } from './changes.ts'
import { diagnosis, formNotes, successNote, uriNote } from './credential-notes.ts'
import type { BootstrappedKey, Naf } from './keys.ts'
import type { CredentialsRefusal, MStoreOperation } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreRoute } from './routes.ts'
import type { MStoreScene } from './scene.ts'
import type { IssuedNonce } from './state.ts'

/** What is looked at in credentials, by name. */
export type CredentialsCheck =
  'form' | 'nonce' | 'btid' | 'lifetime' | 'uri' | 'response' | 'nonce-use' | 'mailbox'

/** What a response is checked against: the passwords are those that would be right. */
export interface ExpectedResponse extends Pick<DigestInput, 'method' | 'body'> {
  readonly passwords: readonly Uint8Array[]
}

/** How callers are told from strangers. */
export interface DigestRules {
  /** Whether a request with this User-Agent is passed on at all. */
  readonly servesAgent: (userAgent: string | undefined) => boolean
  readonly needsCredentials: (operation: MStoreOperation) => boolean
  readonly read: (header: string) => DigestCredentials | ParseError
  /** What a header that cannot be read comes to. */
  readonly unreadable: (header: string) => CredentialsRefusal | 'crashed'
  /** What is checked, and which failure is told when there are several: the first. */
  readonly order: readonly CredentialsCheck[]
  readonly formFaults: (credentials: DigestCredentials, realm: string) => readonly FormFault[]
  readonly nonceFits: (issued: IssuedNonce | undefined, request: MStoreRequest) => boolean
  readonly lookup: (btid: string, naf: Naf) => BootstrappedKey | undefined
  /** The keys that are good for this server: one, by the standard (3GPP TS 33.220, annex B). */
  readonly derive: (key: BootstrappedKey, host: string) => readonly Uint8Array[]
  /** How such a key may have been made a password. */
  readonly passwordForms: readonly PasswordForm[]
  readonly isUri: (uri: string, request: DigestRequest) => boolean
  readonly isResponse: (credentials: DigestCredentials, expected: ExpectedResponse) => boolean
  /** Whether a request that is refused for its credentials takes effect all the same. */
  readonly actsWhenRefused: (operation: MStoreOperation, fault: CredentialsRefusal | 'crashed') => boolean
}

export const documentedAuthentication: DigestRules = {
  // MSTORE-AUTH-39, MSTORE-AUTH-40, MSTORE-AUTH-41, E-32
  servesAgent: (userAgent) => userAgent === '3gpp-gba',
  // MSTORE-AUTH-01
  needsCredentials: () => true,
  // MSTORE-AUTH-35, MSTORE-AUTH-36, MSTORE-AUTH-37
  read: parseCredentials,
  // MSTORE-AUTH-46
  unreadable: () => 'malformed-credentials',
  order: ['form', 'nonce', 'btid', 'lifetime', 'uri', 'response', 'nonce-use', 'mailbox'],
  // MSTORE-AUTH-24, MSTORE-AUTH-25, MSTORE-AUTH-28, MSTORE-AUTH-32, MSTORE-AUTH-33, MSTORE-AUTH-34
  formFaults,
  // MSTORE-AUTH-29, MSTORE-TRANSPORT-12
  nonceFits: (issued) => issued !== undefined,
  // MSTORE-AUTH-14
  lookup: (btid, { keys }) => keys.lookup(btid),
  // MSTORE-GBA-03, MSTORE-GBA-11, MSTORE-GBA-13, MSTORE-GBA-14, MSTORE-GBA-20, MSTORE-GBA-21
  derive: (key, host) => [deriveKsNaf({ ...key, nafId: nafId(host, MSTORE_UA_PROTOCOL) })],
  // MSTORE-AUTH-15, MSTORE-AUTH-16, MSTORE-AUTH-17, MSTORE-AUTH-18
  passwordForms: ['base64'],
  // MSTORE-AUTH-20, MSTORE-AUTH-21, MSTORE-AUTH-22, MSTORE-AUTH-31, E-02
  isUri: (uri, request) => isUriOf(['absolute', 'path'], uri, request),
  // MSTORE-AUTH-26, MSTORE-AUTH-27, MSTORE-AUTH-30
  isResponse: (credentials, { passwords, ...known }) =>
    passwords.some((password) => isRightResponse(credentials, { ...known, password })),
  // MSTORE-AUTH-12, MSTORE-AUTH-47
  actsWhenRefused: () => false,
}

/** Whether `uri` is one of those forms of the request's own. */
export function isUriOf(forms: readonly UriForm[], uri: string, request: DigestRequest): boolean {
  return forms.some((form) => digestUri(request, form) === uri)
}

/** Whether a request is a caller's, or why not; `stale` where nothing but the nonce was wrong. */
export type Authentication =
  | { readonly kind: 'caller'; readonly changes: readonly MStoreChange[]; readonly notes: readonly string[] }
  | {
      readonly kind: 'stranger'
      readonly fault: CredentialsRefusal | 'crashed'
      readonly stale: boolean
      readonly changes: readonly MStoreChange[]
      readonly notes: readonly string[]
    }

/** Credentials that could be read, and what there is to check them against. */
export interface PresentedCredentials {
  readonly request: MStoreRequest
  /** Null where it is no operation of the API. */
  readonly target: MailboxTarget | null
  readonly credentials: DigestCredentials
  readonly realm: string
  readonly issued: IssuedNonce | undefined
  readonly key: BootstrappedKey | undefined
  readonly scene: MStoreScene
}

/** Looks at the credentials of a request on that route (page, Authentication). */
export function authenticate(request: MStoreRequest, route: MStoreRoute, scene: MStoreScene): Authentication {
  const rules = scene.rulebook.authentication
  const { authorization } = request
  if (authorization === undefined) {
    if (!rules.needsCredentials(route.operation))
      return { kind: 'caller', changes: [], notes: ['no credentials'] }
    return stranger('no-credentials', ['no Authorization'])
  }
  const credentials = rules.read(authorization)
  if (credentials.kind === 'parse-error')
    return stranger(rules.unreadable(authorization), [credentials.reason])
  return judge({
    ...presented(request, credentials, scene),
    target: route.kind === 'operation' ? route.target : null,
  })
}

function presented(
  request: MStoreRequest,
  credentials: DigestCredentials,
  scene: MStoreScene,
): Omit<PresentedCredentials, 'target'> {
  const { rulebook, state, naf } = scene
  return {
    request,
    credentials,
    realm: rulebook.challenge.realm(naf.host),
    issued: state.nonces.get(credentials.nonce),
    key: rulebook.authentication.lookup(credentials.username, naf),
    scene,
  }
}

function judge(given: PresentedCredentials): Authentication {
  const { credentials, scene } = given
  const failures = scene.rulebook.authentication.order.flatMap((name) => checks[name](given) ?? [])
  const [first] = failures
  const used: MStoreChange = { kind: 'nonce-used', nonce: credentials.nonce, nc: credentials.nc ?? '' }
  if (first === undefined) return { kind: 'caller', changes: [used], notes: [successNote(given)] }
  const stale = failures.every(({ fault }) => fault === 'unknown-nonce' || fault === 'used-nonce')
  const changes = first.fault === 'foreign-mailbox' ? [used] : []
  const notes = failures.flatMap((failure) => failure.notes)
  return { kind: 'stranger', fault: first.fault, stale, changes, notes }
}

interface CredentialsFailure {
  readonly fault: CredentialsRefusal
  readonly notes: readonly string[]
}

/** Each check; null where nothing is wrong. */
const checks: Readonly<Record<CredentialsCheck, (given: PresentedCredentials) => CredentialsFailure | null>> =
  {
    form: ({ credentials, realm, scene }) => {
      const faults = scene.rulebook.authentication.formFaults(credentials, realm)
      const [first] = faults
      if (first === undefined) return null
      return failure(first === 'other-realm' ? 'wrong-realm' : 'malformed-credentials', ...formNotes(faults))
    },
    nonce: ({ issued, request, scene }) =>
      scene.rulebook.authentication.nonceFits(issued, request)
        ? null
        : failure('unknown-nonce', 'nonce: expected one that was given out, got another'),
    btid: ({ key }) =>
      key === undefined ? failure('unknown-btid', 'username: expected a known B-TID, got another') : null,
    lifetime: (given) => (isExpired(given) ? failure('expired-credentials', 'the key has expired') : null),
    uri: ({ credentials, request, scene }) =>
      scene.rulebook.authentication.isUri(credentials.uri, request)
        ? null
        : failure('wrong-uri', uriNote(credentials, request)),
    response: (given) => (isAnswered(given) ? null : failure('wrong-response', ...diagnosis(given))),
    'nonce-use': ({ issued, credentials }) =>
      issued?.used.has(credentials.nc ?? '') === true
        ? failure('used-nonce', `nc ${credentials.nc ?? ''} of this nonce was used before`)
        : null,
    mailbox: ({ target, key, scene: { state } }) => {
      if (target === null) return null
      const impi = state.mailboxes.get(target.msisdn)?.subscriber.impi
      return impi !== undefined && impi === key?.impi
        ? null
        : failure('foreign-mailbox', `${target.msisdn} is not the mailbox of these credentials`)
    },
  }

function isExpired({ key, target, scene: { state, world } }: PresentedCredentials): boolean {
  if (key === undefined) return false
  const own = target !== null && state.mailboxes.get(target.msisdn)?.subscriber.impi === key.impi
  return world.nowMs(own ? target.msisdn : undefined) >= key.expiresAt
}

function isAnswered({ key, request, credentials, scene: { naf, rulebook } }: PresentedCredentials): boolean {
  const rules = rulebook.authentication
  if (key === undefined) return false
  const derived = rules.derive(key, naf.host)
  return rules.isResponse(credentials, {
    method: request.method,
    passwords: derived.flatMap((each) => rules.passwordForms.map((form) => passwordBytes(each, form))),
    ...(typeof request.body === 'string' ? {} : { body: request.body }),
  })
}

function failure(fault: CredentialsRefusal, ...notes: readonly string[]): CredentialsFailure {
  return { fault, notes }
}

function stranger(fault: CredentialsRefusal | 'crashed', notes: readonly string[]): Authentication {
  return { kind: 'stranger', fault, stale: false, changes: [], notes }
}
