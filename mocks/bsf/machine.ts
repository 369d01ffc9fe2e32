import { toHex, utf8 } from '#protocol/bytes.ts'
import { akaDigest, akaResponseAuth, parseAuts } from '#protocol/gba/aka-digest.ts'
import { openAuts } from '#protocol/gba/aka.ts'
import { parseError, type ParseError } from '#protocol/parse-error.ts'
import { bootstrap } from './bootstrap.ts'
import { challenge } from './challenge.ts'
import type { BsfChange, BsfDecision, BsfKind, IssuedChallenge } from './outcomes.ts'
import { readCredentials, type BsfCredentials, type BsfRequest } from './requests.ts'
import type { BsfScene } from './scene.ts'
import type { HomeSubscriber } from './state.ts'

/**
 * What a request to the bootstrapping server leads to (3GPP TS 24.109, section 4; RFC 3310). Pure: the state is
 * read and not written, time and chance come from the scene's world.
 */
export function decide(request: BsfRequest, scene: BsfScene): BsfDecision {
  if (request.target !== '/') return refused('unknown-path')
  if (request.method !== 'GET') return refused('unknown-method')
  const credentials = readCredentials(request.authorization)
  if (credentials.kind === 'none') return refused('no-credentials')
  if (credentials.kind === 'parse-error') return refused('malformed-credentials', credentials.reason)
  const subscriber = scene.state.subscribers.get(credentials.username)
  if (subscriber === undefined) return refused('unknown-subscriber')
  const at = { request, subscriber, scene }
  if (credentials.auts !== null) return resynchronise(credentials, at)
  if (credentials.response !== '') return judgeResponse(credentials, at)
  return { ...challenge('challenged', subscriber, scene), notes: [] }
}

/** Whose request it is, and all it is judged by. */
interface Case {
  readonly request: BsfRequest
  readonly subscriber: HomeSubscriber
  readonly scene: BsfScene
}

type Refusal = Extract<
  BsfKind,
  'unknown-path' | 'unknown-method' | 'no-credentials' | 'malformed-credentials' | 'unknown-subscriber'
>

function refused(kind: Refusal, ...notes: readonly string[]): BsfDecision {
  return { outcome: { kind }, changes: [], notes }
}

/** The card sends its own sequence number: the home network takes it, and challenges anew (RFC 3310, section 3.4). */
function resynchronise(credentials: BsfCredentials, at: Case): BsfDecision {
  const number = cardNumber(credentials, at)
  if (number.kind === 'parse-error') return anew('bad-resynchronisation', number.reason, at)
  const next = challenge('resynchronised', { ...at.subscriber, sqn: number.sqn }, at.scene)
  return { ...next, changes: [used(credentials), ...next.changes], notes: [] }
}

/** The number in an `auts`, with which goes the response of an empty password. */
function cardNumber(
  credentials: BsfCredentials,
  { request, subscriber, scene }: Case,
): CardNumber | ParseError {
  const issued = issuedTo(subscriber, credentials, scene)
  if (issued.kind === 'parse-error') return issued
  const read = parseAuts(credentials.auts ?? '')
  if (read.kind === 'parse-error') return read
  const opened = openAuts(subscriber, { rand: issued.challenge.vector.rand, auts: read.auts })
  if (opened.kind === 'parse-error') return opened
  return scene.rulebook.isResponse(credentials.response, digestOf(NO_PASSWORD, credentials, request))
    ? opened
    : parseError('response: expected that of an empty password, as always with auts')
}

type CardNumber = ReturnType<typeof openAuts> & { readonly kind: 'resynchronised' }

const NO_PASSWORD = new Uint8Array()

/** The card answers: if it is the subscriber's, the keys are there (3GPP TS 33.220, section 4.5.2). */
function judgeResponse(credentials: BsfCredentials, at: Case): BsfDecision {
  const issued = issuedTo(at.subscriber, credentials, at.scene)
  if (issued.kind === 'parse-error') return anew('wrong-response', issued.reason, at)
  const reason = faultOf(credentials, issued.challenge, at)
  if (reason === null) return succeed(credentials, issued.challenge, at)
  const again = anew('wrong-response', reason, at)
  return { ...again, changes: [used(credentials), ...again.changes] }
}

/** What is wrong with the answer to a challenge, in one line; null where nothing is. */
function faultOf(
  credentials: BsfCredentials,
  issued: IssuedChallenge,
  { request, scene }: Case,
): string | null {
  const { rulebook: rules, fqdn } = scene
  const { realm, qop, algorithm, uri, opaque, nc, cnonce, response } = credentials
  if (realm !== rules.realm(fqdn)) return differs('realm', rules.realm(fqdn), realm)
  if (qop !== rules.qop) return differs('qop', rules.qop, qop)
  if (algorithm !== rules.algorithm) return differs('algorithm', rules.algorithm, algorithm ?? 'none')
  if (uri !== request.target) return differs('uri', request.target, uri)
  if (opaque !== issued.opaque) return 'opaque: expected that of the challenge, got another'
  if (!/^[0-9a-f]{8}$/i.test(nc)) return differs('nc', 'eight hexadecimal digits', nc)
  if (cnonce === '') return 'cnonce: expected one, got none'
  const { res } = issued.vector
  const expected = digestOf(rules.password(res), credentials, request)
  if (rules.isResponse(response, expected)) return null
  return response === digestOf(utf8(toHex(res)), credentials, request)
    ? 'response: expected that of RES as bytes, got that of RES in hexadecimal'
    : 'response: expected that of RES, got another'
}

function succeed(
  credentials: BsfCredentials,
  issued: IssuedChallenge,
  { subscriber, scene }: Case,
): BsfDecision {
  const { rulebook: rules } = scene
  const { nc, cnonce } = credentials
  const made = bootstrap({ ...subscriber, vector: issued.vector }, scene, { inside: false })
  const body = utf8(rules.info(made))
  const rspauth = akaResponseAuth({ ...credentials, res: rules.password(issued.vector.res), body })
  const authenticationInfo = rules.authenticationInfo({ rspauth, cnonce, nc })
  return {
    outcome: { kind: 'bootstrapped', bootstrap: made, body, authenticationInfo },
    changes: [used(credentials), { kind: 'bootstrapped', bootstrap: made }],
    notes: [],
  }
}

/** The open challenge that an answer is to. */
function issuedTo(
  { impi }: HomeSubscriber,
  { nonce }: BsfCredentials,
  { state }: BsfScene,
): { readonly kind: 'issued'; readonly challenge: IssuedChallenge } | ParseError {
  const issued = state.challenges.get(nonce)
  return issued?.impi === impi
    ? { kind: 'issued', challenge: issued }
    : parseError('nonce: expected that of an open challenge to this subscriber')
}

/** Another challenge to a card whose answer was not taken, for that reason. */
function anew(kind: 'wrong-response' | 'bad-resynchronisation', reason: string, at: Case): BsfDecision {
  return { ...challenge(kind, at.subscriber, at.scene), notes: [reason] }
}

function digestOf(res: Uint8Array, credentials: BsfCredentials, { method, body }: BsfRequest): string {
  return akaDigest({ ...credentials, res, method, body }).response
}

function used({ nonce }: BsfCredentials): BsfChange {
  return { kind: 'challenge-used', nonce }
}

function differs(name: string, expected: string, got: string): string {
  return `${name}: expected ${expected}, got ${JSON.stringify(got.slice(0, 60))}`
}
