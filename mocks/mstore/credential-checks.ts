import { deriveKsNaf, MSTORE_UA_PROTOCOL, nafId } from '#protocol/gba/key-derivation.ts'
import type { DigestInput } from '#protocol/digest.ts'
import { credentialMistakes, type CredentialMistake } from '#protocol/mstore/digest-form-mistakes.ts'
import { isRightResponse, type DigestCredentials } from '#protocol/mstore/digest-credentials.ts'
import { passwordBytes, type PasswordForm } from '#protocol/mstore/digest-response-mistakes.ts'
import { digestUri, type DigestRequest, type UriForm } from '#protocol/mstore/digest-uri.ts'
import { diagnosis, formNotes, uriNote } from './credential-notes.ts'
import type { BootstrappedKey } from './keys.ts'
import type { PresentedCredentials } from './presented.ts'
import type { CredentialsRefusal } from './refusals.ts'
import type { MStoreRequest } from './requests.ts'
import type { IssuedNonce } from './state.ts'

/** What is checked in credentials, by name. */
export type CredentialsCheck =
  'form' | 'nonce' | 'btid' | 'lifetime' | 'uri' | 'response' | 'nonce-use' | 'mailbox'

/** What a response is checked against: the passwords are those that would be right. */
export interface ExpectedResponse extends Pick<DigestInput, 'method' | 'body'> {
  readonly passwords: readonly Uint8Array[]
}

/** What makes credentials right (mStore spec, Authentication). */
export interface CredentialRules {
  readonly credentialMistakes: (credentials: DigestCredentials, realm: string) => readonly CredentialMistake[]
  readonly nonceFits: (issued: IssuedNonce | undefined, request: MStoreRequest) => boolean
  /** The keys that are good for this server: one, by the standard (3GPP TS 33.220, annex B). */
  readonly derive: (key: BootstrappedKey, host: string) => readonly Uint8Array[]
  /** How such a key may have been made a password. */
  readonly passwordForms: readonly PasswordForm[]
  readonly isUri: (uri: string, request: DigestRequest) => boolean
  readonly isResponse: (credentials: DigestCredentials, expected: ExpectedResponse) => boolean
}

/** What the mStore spec requires of digest credentials (Authentication). */
export const documentedCredentials: CredentialRules = {
  // MSTORE-AUTH-24, MSTORE-AUTH-25, MSTORE-AUTH-28, MSTORE-AUTH-32, MSTORE-AUTH-33, MSTORE-AUTH-34
  credentialMistakes,
  // MSTORE-AUTH-29, MSTORE-TRANSPORT-12
  nonceFits: (issued) => issued !== undefined,
  // MSTORE-GBA-03, MSTORE-GBA-11, MSTORE-GBA-13, MSTORE-GBA-14, MSTORE-GBA-20, MSTORE-GBA-21
  derive: (key, host) => [deriveKsNaf({ ...key, nafId: nafId(host, MSTORE_UA_PROTOCOL) })],
  // MSTORE-AUTH-15, MSTORE-AUTH-16, MSTORE-AUTH-17, MSTORE-AUTH-18
  passwordForms: ['base64'],
  // MSTORE-AUTH-20, MSTORE-AUTH-21, MSTORE-AUTH-22, MSTORE-AUTH-31, E-02
  isUri: (uri, request) => isUriOf(['absolute', 'path'], uri, request),
  // MSTORE-AUTH-26, MSTORE-AUTH-27, MSTORE-AUTH-30
  isResponse: (credentials, { passwords, ...known }) =>
    passwords.some((password) => isRightResponse(credentials, { ...known, password })),
}

/** Whether `uri` is one of those forms of the request's own. */
export function isUriOf(forms: readonly UriForm[], uri: string, request: DigestRequest): boolean {
  return forms.some((form) => digestUri(request, form) === uri)
}

/** Why one check refuses credentials, and remarks for the journal. */
export interface CredentialsFailure {
  readonly refusal: CredentialsRefusal
  readonly notes: readonly string[]
}

/** Each check; null where nothing is wrong. */
export const CREDENTIALS_CHECKS: Readonly<
  Record<CredentialsCheck, (given: PresentedCredentials, rules: CredentialRules) => CredentialsFailure | null>
> = {
  form: ({ credentials, realm }, rules) => {
    const mistakes = rules.credentialMistakes(credentials, realm)
    const [first] = mistakes
    if (first === undefined) return null
    return failure(
      first === 'other-realm' ? 'wrong-realm' : 'malformed-credentials',
      ...formNotes(mistakes, credentials),
    )
  },
  nonce: ({ issued, request }, rules) =>
    rules.nonceFits(issued, request)
      ? null
      : failure('unknown-nonce', 'nonce: expected one that was given out, got another'),
  btid: ({ key }) =>
    key === undefined ? failure('unknown-btid', 'username: expected a known B-TID, got another') : null,
  lifetime: (given) => (isExpired(given) ? failure('expired-credentials', 'the key has expired') : null),
  uri: ({ credentials, request }, rules) =>
    rules.isUri(credentials.uri, request) ? null : failure('wrong-uri', uriNote(credentials, request)),
  response: (given, rules) =>
    isAnswered(given, rules) ? null : failure('wrong-response', ...diagnosis(given)),
  'nonce-use': ({ issued, credentials }) =>
    issued?.used.has(credentials.nc ?? '') === true
      ? failure('used-nonce', `nc ${credentials.nc ?? ''} of this nonce was used before`)
      : null,
  mailbox: (given) =>
    given.target === null || isOwner(given)
      ? null
      : failure('foreign-mailbox', `${given.target.msisdn} is not the mailbox of these credentials`),
}

/** Whether the key is that of the subscriber whose mailbox the request names. */
function isOwner({ key, target, scene: { state } }: PresentedCredentials): boolean {
  const impi = target === null ? undefined : state.mailboxes.get(target.msisdn)?.subscriber.impi
  return impi !== undefined && impi === key?.impi
}

/** Whether the key is past its time: on the clock of its subscriber, where that is known. */
function isExpired(given: PresentedCredentials): boolean {
  const { key, target, scene } = given
  if (key === undefined) return false
  return scene.world.nowMs(isOwner(given) ? target?.msisdn : undefined) >= key.expiresAt
}

function isAnswered(
  { key, request, credentials, scene }: PresentedCredentials,
  rules: CredentialRules,
): boolean {
  if (key === undefined) return false
  const derived = rules.derive(key, scene.naf.host)
  return rules.isResponse(credentials, {
    method: request.method,
    passwords: derived.flatMap((each) => rules.passwordForms.map((form) => passwordBytes(each, form))),
    ...(typeof request.body === 'string' ? {} : { body: request.body }),
  })
}

function failure(refusal: CredentialsRefusal, ...notes: readonly string[]): CredentialsFailure {
  return { refusal, notes }
}
