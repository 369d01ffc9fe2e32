import { parseAuthParams, paramValue } from '#protocol/auth-params.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { type ParseError, parseError } from '#protocol/parse-error.ts'
import {
  AKA_ALGORITHM,
  akaDigest,
  akaResponseAuth,
  formatAuts,
  parseAkaNonce,
  type AkaNonce,
} from '#protocol/gba/aka-digest.ts'
import type { SessionKeys } from '#protocol/gba/aka.ts'
import { parseBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import type { BootstrapSecrets } from '#protocol/gba/candidate-keys.ts'
import { type DigestChallenge, parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { Answer, WireClient, WireResult } from '../wire-client.ts'
import type { WireRequest } from '../wire-request.ts'
import type { SoftwareIsim } from './software-isim.ts'
import { type UbAnswer, openingRequest, ubRequest } from './ub-requests.ts'

/** One exchange with the bootstrapping server, and what the client meant by it. */
export interface UbLeg {
  readonly kind: 'opening' | 'answer' | 'resynchronisation'
  readonly request: WireRequest
  readonly result: WireResult
}

/** Why a bootstrap came to nothing. */
export type UbStop =
  | 'no-answer'
  /** An answer that the protocol does not have at its place. */
  | 'unexpected'
  | 'unreadable-challenge'
  | 'mac-mismatch'
  /** The card's number was sent, and the next challenge was out of range again. */
  | 'out-of-range'
  | 'refused'
  /** `rspauth` is missing or is another: it is not the server it says it is. */
  | 'server-not-proved'
  | 'unreadable-info'

/** The outcome of a bootstrap. `legs` are all its exchanges, in order. */
export type UbOutcome =
  | {
      readonly kind: 'bootstrapped'
      readonly btid: string
      /** Milliseconds since the Unix epoch. */
      readonly expiresAt: number
      readonly session: Omit<BootstrapSecrets, 'host'>
      readonly legs: readonly UbLeg[]
    }
  | {
      readonly kind: 'stopped'
      readonly cause: UbStop
      readonly reason: string
      readonly legs: readonly UbLeg[]
    }

/** What a bootstrap is made with. */
export interface UbOptions {
  readonly card: SoftwareIsim
  /** A client of the bootstrapping server. */
  readonly client: WireClient
  /** The bootstrapping server's domain name. */
  readonly fqdn: string
  readonly cnonce: () => string
}

/**
 * One bootstrap over the Ub interface (3GPP TS 24.109, section 4; RFC 3310): challenge, answer, proof of the
 * server, B-TID. A challenge whose MAC is wrong ends it before anything is answered; one whose number is out of
 * range is answered once with the card's own. Whatever the server does is an outcome.
 */
export async function bootstrap(options: UbOptions): Promise<UbOutcome> {
  const legs: UbLeg[] = []
  const opening = openingRequest(options.card.impi, options.fqdn)
  const first = await send(options, legs, { kind: 'opening', request: opening })
  const challenge = challengeOf(first)
  if ('cause' in challenge) return { ...challenge, legs }
  return answerIt({ options, legs }, challenge, { resynchronised: false })
}

interface Run {
  readonly options: UbOptions
  readonly legs: UbLeg[]
}

type Stopped = Omit<Extract<UbOutcome, { readonly kind: 'stopped' }>, 'legs'>

interface ReadChallenge {
  readonly digest: DigestChallenge
  readonly nonce: AkaNonce
}

async function answerIt(
  run: Run,
  challenge: ReadChallenge,
  { resynchronised }: { readonly resynchronised: boolean },
): Promise<UbOutcome> {
  const { legs } = run
  const said = run.options.card.answer(challenge.nonce)
  if (said.kind === 'mac-mismatch') return { ...stop('mac-mismatch', 'AUTN: wrong MAC'), legs }
  if (said.kind === 'accepted') return prove(run, challenge, said)
  if (resynchronised) return { ...stop('out-of-range', `AUTN: number ${said.sqn} out of range again`), legs }
  const auts = formatAuts(said.auts)
  const answer = answerOf(run.options, challenge, { res: new Uint8Array(), auts })
  const result = await send(run.options, legs, { kind: 'resynchronisation', request: ubRequest(answer) })
  const next = challengeOf(result)
  return 'cause' in next ? { ...next, legs } : answerIt(run, next, { resynchronised: true })
}

/** Answers with RES and takes the bootstrap only from a server that proves itself. */
async function prove(
  { options, legs }: Run,
  challenge: ReadChallenge,
  keys: SessionKeys,
): Promise<UbOutcome> {
  const { res, ck, ik } = keys
  const answer = answerOf(options, challenge, { res, auts: null })
  const result = await send(options, legs, { kind: 'answer', request: ubRequest(answer) })
  if (result.kind === 'failed') return { ...unanswered(result), legs }
  const refused = refusal(result.answer) ?? unproved(result.answer, answer)
  if (refused !== null) return { ...refused, legs }
  const info = parseBootstrappingInfo(fromUtf8(result.answer.body) ?? '')
  if (info.kind === 'parse-error') return { ...stop('unreadable-info', info.reason), legs }
  const { btid, expiresAt } = info
  const session = { ck, ik, rand: challenge.nonce.rand, impi: options.card.impi }
  return { kind: 'bootstrapped', btid, expiresAt, session, legs }
}

async function send(
  { client }: UbOptions,
  legs: UbLeg[],
  leg: Pick<UbLeg, 'kind' | 'request'>,
): Promise<WireResult> {
  const result = await client.send(leg.request)
  legs.push({ ...leg, result })
  return result
}

function answerOf(
  { card, cnonce }: UbOptions,
  { digest }: ReadChallenge,
  { res, auts }: { readonly res: Uint8Array; readonly auts: string | null },
): UbAnswer {
  const { realm, nonce, opaque } = digest
  const input = {
    username: card.impi,
    realm,
    nonce,
    res,
    method: 'GET',
    uri: '/',
    nc: '00000001',
    cnonce: cnonce(),
  }
  return { ...input, opaque, auts, response: akaDigest(input).response }
}

function challengeOf(result: WireResult): ReadChallenge | Stopped {
  if (result.kind === 'failed') return unanswered(result)
  const { answer } = result
  if (answer.status !== 401) return unexpected('401 with a challenge', answer)
  const digest = parseChallenge(answer.header('WWW-Authenticate') ?? '')
  if (digest.kind === 'parse-error') return stop('unreadable-challenge', digest.reason)
  const nonce = digest.algorithm === AKA_ALGORITHM ? parseAkaNonce(digest.nonce) : otherAlgorithm(digest)
  return nonce.kind === 'parse-error' ? stop('unreadable-challenge', nonce.reason) : { digest, nonce }
}

function otherAlgorithm({ algorithm }: DigestChallenge): ParseError {
  return parseError(`challenge: expected algorithm ${AKA_ALGORITHM}, got ${algorithm ?? 'none'}`)
}

function refusal(answer: Answer): Stopped | null {
  if (answer.status === 401) return stop('refused', 'bootstrapping: expected 200 to the right RES, got 401')
  return answer.status === 200 ? null : unexpected('200', answer)
}

/** What is wrong with the proof of the server; null where it is right. */
function unproved(answer: Answer, sent: UbAnswer): Stopped | null {
  const info = parseAuthParams(answer.header('Authentication-Info') ?? '')
  const rspauth = info.kind === 'parse-error' ? null : paramValue(info.params, 'rspauth')
  const expected = akaResponseAuth({ ...sent, body: answer.body })
  return rspauth?.toLowerCase() === expected
    ? null
    : stop(
        'server-not-proved',
        `rspauth: expected the server's proof, got ${rspauth === null ? 'none' : 'another'}`,
      )
}

function unanswered({ failure }: Extract<WireResult, { readonly kind: 'failed' }>): Stopped {
  return stop('no-answer', `${failure.kind}: ${failure.detail}`)
}

function unexpected(wanted: string, { status }: Answer): Stopped {
  return stop('unexpected', `bootstrapping: expected ${wanted}, got ${status}`)
}

function stop(cause: UbStop, reason: string): Stopped {
  return { kind: 'stopped', cause, reason }
}
