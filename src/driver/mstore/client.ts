import type { TakenApart } from '#evidence/taken-apart.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { type ParseError, parseError } from '#protocol/parse-error.ts'
import { candidateKeys } from '#protocol/gba/candidate-keys.ts'
import { type DigestChallenge, parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { Gba, GbaCredentials } from '../capabilities/gba.ts'
import { CapabilityFailure, MissingCapability } from '../capabilities/failures.ts'
import type { Subscriber } from '../capabilities/subscribers.ts'
import type { DigestRequest } from '#protocol/mstore/digest-uri.ts'
import { endpointOf, parseBase, type Base } from '../endpoint.ts'
import type { MStoreTarget } from '../target.ts'
import { exchangeOf, type WireClient, type WireResult } from '../wire-client.ts'
import { type WireRequest, withHeader } from '../wire-request.ts'
import { type AnsweredDigest, RIGHT_KEY, digestParts } from './digest-parts.ts'
import { type DigestPlan, authorization } from './digest-plan.ts'

/** The second leg of a call as it was sent, with its Authorization, and its result. */
export interface SecondLeg {
  readonly request: WireRequest
  readonly result: WireResult
}

/** A call: the request without credentials, and where that was challenged, the same request with them. */
export interface Call {
  readonly request: WireRequest
  readonly first: WireResult
  /** Null where there was none. */
  readonly second: SecondLeg | null
  /** What the first leg was challenged with, or why no second leg could be made of it. */
  readonly challenge: DigestChallenge | ParseError
  /** What the second leg was made with; null where there was none. */
  readonly credentials: GbaCredentials | null
}

/** Whose credentials a call is made with, and how they are written. */
export interface CallAs {
  readonly subscriber: Subscriber
  readonly plan?: DigestPlan
  /** Credentials of an earlier call, in place of a bootstrap. */
  readonly credentials?: GbaCredentials
  /** The request of the first leg where it is to be another: then nothing but the second can take effect. */
  readonly challengedBy?: WireRequest
  /** What carries both legs in place of the wire client. */
  readonly through?: (request: WireRequest) => Promise<WireResult>
}

/** A correct client of one mStore. */
export interface MStoreClient {
  /** The scheme and host of simple URLs and of the `uri` of a digest: `https://127.0.0.1:8443`. */
  readonly origin: string
  /** One leg, exactly as it is written. */
  send(request: WireRequest): Promise<WireResult>
  /**
   * One call (mStore spec, Authentication): each leg on a connection of its own, the body with both, a fresh bootstrap
   * in between. A plan that cannot be carried out with the credentials there are throws: MissingCapability where a
   * software ISIM is needed, CapabilityFailure where the key does not lend itself to it.
   */
  call(request: WireRequest, as: CallAs): Promise<Call>
}

/** What a client is made of. `baseUrl` is that of the wire client too. */
export interface MStoreClientOptions {
  readonly baseUrl: string
  /** The name that keys are derived for. */
  readonly naf: string
  readonly wire: WireClient
  readonly gba: Gba
  readonly cnonce: () => string
  /** The parameters of a digest that are without quotes besides `nc`, where a plan does not say (E-04). */
  readonly unquoted: readonly string[]
  /** What the `uri` of a digest is, where a plan does not say (E-02). */
  readonly uri: MStoreTarget['digestUri']
  /** Is handed every digest that was sent, taken apart. */
  readonly takenApart?: (one: TakenApart) => void
}

/** A client of the mStore at that URL. */
export function createMStoreClient(options: MStoreClientOptions): MStoreClient {
  const base = parseBase(options.baseUrl)
  return {
    origin: base.origin.origin,
    send: (request) => options.wire.send(request),
    call: (request, as) => call({ ...options, base }, request, as),
  }
}

type BoundMStoreClient = MStoreClientOptions & { readonly base: Base }

async function call(client: BoundMStoreClient, request: WireRequest, as: CallAs): Promise<Call> {
  const send = as.through ?? ((leg: WireRequest) => client.wire.send(leg))
  const first = await send(as.challengedBy ?? request)
  const challenge = challengeOf(first)
  if (challenge.kind === 'parse-error') return { request, first, second: null, challenge, credentials: null }
  const credentials = as.credentials ?? (await credentialsFor(client, as))
  const leg = { request, credentials, as }
  const answer = (asked: DigestChallenge) => answered(client, asked, { leg, send })
  const second = await answer(challenge)
  const stale = as.challengedBy === undefined ? null : staleChallenge(second.result)
  return { request, first, second: stale === null ? second : await answer(stale), challenge, credentials }
}

/** Sends the request with the answer to a challenge. */
async function answered(
  client: BoundMStoreClient,
  challenge: DigestChallenge,
  { leg, send }: { readonly leg: LegToAnswer; readonly send: (request: WireRequest) => Promise<WireResult> },
): Promise<SecondLeg> {
  const { request } = leg
  const written = answerTo(client, challenge, leg)
  const authorized = withHeader(request, 'Authorization', written)
  const result = await send(authorized)
  client.takenApart?.({
    what: 'digest',
    exchange: exchangeOf(result).id,
    parts: digestParts({ challenge, authorization: written, evidence: digestEvidence(client, leg) }),
  })
  return { request: authorized, result }
}

/**
 * The challenge of an answer that calls the nonce stale, and so the rest of the credentials right (RFC 2617, 3.2.1): a nonce may
 * be good for the request alone that it was asked with. Null for any other answer.
 */
function staleChallenge(result: WireResult): DigestChallenge | null {
  const challenge = challengeOf(result)
  return challenge.kind === 'challenge' && challenge.stale ? challenge : null
}

/** The challenge of a first leg, read as tolerantly as the protocol allows. */
function challengeOf(first: WireResult): DigestChallenge | ParseError {
  if (first.kind === 'failed') return parseError(`first leg: ${first.failure.kind}: ${first.failure.detail}`)
  const { answer } = first
  if (answer.status !== 401) return parseError(`first leg: expected 401, got ${answer.status}`)
  const header = answer.header('WWW-Authenticate')
  return header === null
    ? parseError('first leg: expected WWW-Authenticate, got none')
    : parseChallenge(header)
}

/** Bootstraps until a key distinguishes the two alphabets of Base64; about one in four does not. */
const MOST_BOOTSTRAPS = 50

/** What a source of one key alone cannot do. */
export const OTHER_KEYS =
  'capabilities.gba: { isim: …, bsf: … }, for a key whose Base64 has + or /, which the given one has not'

async function credentialsFor(
  client: BoundMStoreClient,
  { subscriber, plan }: CallAs,
): Promise<GbaCredentials> {
  let btid: string | null = null
  for (let made = 0; made < MOST_BOOTSTRAPS; made += 1) {
    const credentials = await client.gba.credentials(subscriber, client.naf)
    if (plan?.needsPlusOrSlash !== true || /[+/]/.test(encodeBase64(credentials.key, { padded: true })))
      return credentials
    if (credentials.btid === btid) throw new MissingCapability('bsf', OTHER_KEYS)
    btid = credentials.btid
  }
  throw new CapabilityFailure('gba: expected a key with + or / in its Base64, got none in 50 bootstraps')
}

interface LegToAnswer {
  readonly request: WireRequest
  readonly credentials: GbaCredentials
  readonly as: CallAs
}

function answerTo(
  { base, cnonce, unquoted, uri }: BoundMStoreClient,
  challenge: DigestChallenge,
  { request, credentials, as: { plan = {} } }: LegToAnswer,
): string {
  const { method, body } = request
  const subject = {
    username: credentials.btid,
    key: keyFor(credentials, plan),
    method,
    body,
    cnonce: cnonce(),
    request: digestRequest(base, request),
  }
  return authorization(challenge, subject, { bare: unquoted, uri, ...plan })
}

function digestRequest(base: Base, request: WireRequest): DigestRequest {
  return { origin: base.origin.origin, target: endpointOf(base, request)?.path ?? request.target }
}

/** What shows how a digest was made; keys that are derived with a mistake are tried where one was planned. */
function digestEvidence(
  { base }: BoundMStoreClient,
  { request, credentials: { key, bootstrap }, as: { plan = {} } }: LegToAnswer,
): AnsweredDigest['evidence'] {
  const { method, body } = request
  const wrong = plan.derivation !== undefined && bootstrap !== null ? candidateKeys(bootstrap) : []
  const keys = [{ id: RIGHT_KEY, key }, ...wrong.filter(({ id }) => id !== RIGHT_KEY)]
  return { method, request: digestRequest(base, request), keys, ...(body === null ? {} : { body }) }
}

function keyFor({ key, bootstrap }: GbaCredentials, { derivation, otherKey }: DigestPlan): Uint8Array {
  if (otherKey === true) return key.map((byte) => byte ^ 0xff)
  if (derivation === undefined) return key
  if (bootstrap === null) throw new MissingCapability('bsf')
  const wrong = candidateKeys(bootstrap).find(({ id }) => id === derivation)
  if (wrong === undefined) throw new Error(`digest: no key is derived with the mistake ${derivation}`)
  return wrong.key
}

/** What a call came to: its second leg where there was one, else its first. */
export function finalResult({ first, second }: Call): WireResult {
  return second?.result ?? first
}
