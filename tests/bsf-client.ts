import { paramValue } from '#protocol/auth-params.ts'
import { fromHex } from '#protocol/bytes.ts'
import { answerChallenge, type Card } from '#protocol/gba/aka.ts'
import { akaDigest, formatAuts, parseAkaNonce, type AkaNonce } from '#protocol/gba/aka-digest.ts'
import { opc, subscriberKey } from '#protocol/gba/milenage.ts'
import { parseChallenge, type DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { Bsf, BsfHandled } from '#mocks/bsf/bsf.ts'

/** A private identity for tests. */
export const IMPI = '001010000000005@ims.mnc001.mcc001.3gppnetwork.org'

/** A card of that identity: test set 1 of 3GPP TS 35.208. */
export const CARD: Card = {
  k: subscriberKey(fromHex('465b5ce8b199b49faa5f0a2ee238a6bc')),
  opc: opc(fromHex('cd63cb71954a9f4e48a5994e37a02baf')),
  sqn: 32,
}

/** An answer with its text and its headers by lower-case name. */
export interface Seen {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly notes: readonly string[]
}

/** Sends a request to a bootstrapping server that is an object in this process. */
export function ask(bsf: Bsf, authorization?: string, over: { method?: string; target?: string } = {}): Seen {
  const { method = 'GET', target = '/' } = over
  return seen(bsf.handle({ method, target, authorization, body: new Uint8Array() }))
}

/** A digest Authorization of these parameters. */
export function digest(params: Readonly<Record<string, string>>): string {
  return `Digest ${Object.entries(params)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`
}

/** What a client says first. */
export function hello(impi = IMPI): string {
  return digest({ username: impi, realm: 'bsf.touchstone.test', nonce: '', uri: '/', response: '' })
}

/** The challenge of an answer, with what its nonce holds. Throws where there is none. */
export function challengeOf({ headers }: Seen): { challenge: DigestChallenge; nonce: AkaNonce } {
  const challenge = parseChallenge(headers['www-authenticate'] ?? '')
  if (challenge.kind === 'parse-error') throw new Error(challenge.reason)
  const nonce = parseAkaNonce(challenge.nonce)
  if (nonce.kind === 'parse-error') throw new Error(nonce.reason)
  return { challenge, nonce }
}

/** The parameters of the answer to a challenge, with RES, or whatever takes its place, as the password. */
export function response(
  { realm, nonce, opaque, params }: DigestChallenge,
  res: Uint8Array,
  cnonce = '0a4f113b',
): Readonly<Record<string, string>> {
  const said = { realm, nonce, uri: '/', nc: '00000001', cnonce, username: IMPI }
  const { response } = akaDigest({ ...said, res, method: 'GET' })
  const algorithm = paramValue(params, 'algorithm') ?? ''
  return { ...said, qop: 'auth-int', algorithm, opaque: opaque ?? '', response }
}

/** A card's answer to a challenge, as the next Authorization; null where it stops. */
export function cardAnswer(card: Card, seen: Seen): string | null {
  const { challenge, nonce } = challengeOf(seen)
  const answer = answerChallenge(card, nonce)
  switch (answer.kind) {
    case 'accepted':
      return digest(response(challenge, answer.res))
    case 'out-of-range':
      return digest({ ...response(challenge, new Uint8Array()), auts: formatAuts(answer.auts) })
    case 'mac-mismatch':
      return null
    default:
      return answer satisfies never
  }
}

function seen({ answer, notes }: BsfHandled): Seen {
  const headers = Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value]))
  return { status: answer.status, headers, text: Buffer.from(answer.body).toString(), notes }
}
