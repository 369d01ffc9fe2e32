import { concat, equal, type Bytes, exactly } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import {
  type Amf,
  type Rand,
  type SharedKeys,
  type Sqn,
  AMF_BYTES,
  MAC_BYTES,
  SQN_BYTES,
  amf,
  authenticate,
  sessionValues,
  sqn,
  xor,
} from './milenage.ts'

/** What proves a challenge: `SQN xor AK (6) | AMF (2) | MAC-A (8)`. */
export type Autn = Bytes<'Autn'>
/** Bytes of an AUTN. */
export const AUTN_BYTES = SQN_BYTES + AMF_BYTES + MAC_BYTES
/** The brand of 16 bytes; throws a RangeError on another length. */
export const autn = exactly('Autn', AUTN_BYTES)

/** What asks for resynchronisation: `SQN_MS xor AK* (6) | MAC-S (8)`. */
export type Auts = Bytes<'Auts'>
/** Bytes of an AUTS. */
export const AUTS_BYTES = SQN_BYTES + MAC_BYTES
/** The brand of 14 bytes; throws a RangeError on another length. */
export const auts = exactly('Auts', AUTS_BYTES)

/** The AMF under which MAC-S is computed (3GPP TS 33.102, section 6.3.3). */
const RESYNCHRONISATION_AMF: Amf = amf(new Uint8Array(AMF_BYTES))

/** The greatest sequence number, which has 48 bits (3GPP TS 33.102, section 6.3.2). */
export const GREATEST_SQN = 2 ** (8 * SQN_BYTES) - 1

/** A challenge as it is sent. */
export interface Challenge {
  readonly rand: Rand
  readonly autn: Autn
}

/** What the answer to a challenge rests on. */
export interface SessionKeys {
  readonly res: Uint8Array
  readonly ck: Uint8Array
  readonly ik: Uint8Array
}

/** One authentication vector of the home network. */
export interface AuthenticationVector extends Challenge, SessionKeys {}

/** How a card answers a challenge; on `mac-mismatch` it stops, on `out-of-range` it sends the AUTS. */
export type CardAnswer =
  | ({ readonly kind: 'accepted'; readonly sqn: number } & SessionKeys)
  | { readonly kind: 'mac-mismatch' }
  | { readonly kind: 'out-of-range'; readonly sqn: number; readonly auts: Auts }

/** What a card knows. `sqn` is the greatest number it has accepted; `mostAhead`, if any, how far one may jump. */
export interface Card extends SharedKeys {
  readonly sqn: number
  readonly mostAhead?: number
}

/** The vector for a challenge under sequence number `sqn`, 0 to 2^48-1 (3GPP TS 33.102, section 6.3.2). */
export function makeVector(
  keys: SharedKeys,
  challenge: { readonly rand: Rand; readonly sqn: number; readonly amf: Amf },
): AuthenticationVector {
  const number = sqnBytes(challenge.sqn)
  const { res, ck, ik, ak } = sessionValues(keys, challenge.rand)
  const { macA } = authenticate(keys, { ...challenge, sqn: number })
  return {
    rand: challenge.rand,
    autn: autn(concat(xor(number, ak), challenge.amf, macA)),
    res,
    ck,
    ik,
  }
}

/** What a card answers to a challenge (3GPP TS 33.102, section 6.3.3): first the MAC, then the number. */
export function answerChallenge(card: Card, challenge: Challenge): CardAnswer {
  const { res, ck, ik, ak } = sessionValues(card, challenge.rand)
  const number = sqn(xor(challenge.autn.slice(0, SQN_BYTES), ak))
  const field = amf(challenge.autn.slice(SQN_BYTES, SQN_BYTES + AMF_BYTES))
  const { macA } = authenticate(card, { rand: challenge.rand, sqn: number, amf: field })
  if (!equal(macA, challenge.autn.subarray(SQN_BYTES + AMF_BYTES))) return { kind: 'mac-mismatch' }
  const got = sqnNumber(number)
  return isFresh(card, got)
    ? { kind: 'accepted', sqn: got, res, ck, ik }
    : { kind: 'out-of-range', sqn: got, auts: makeAuts(card, challenge.rand) }
}

/** The AUTS by which a card reports its own number. */
export function makeAuts(card: Card, challenge: Rand): Auts {
  const number = sqnBytes(card.sqn)
  const { akStar } = sessionValues(card, challenge)
  const { macS } = authenticate(card, { rand: challenge, sqn: number, amf: RESYNCHRONISATION_AMF })
  return auts(concat(xor(number, akStar), macS))
}

/** The card's number out of an AUTS (3GPP TS 33.102, section 6.3.5); a wrong MAC-S is a parse error. */
export function openAuts(
  keys: SharedKeys,
  { rand, auts }: { readonly rand: Rand; readonly auts: Auts },
): { readonly kind: 'resynchronised'; readonly sqn: number } | ParseError {
  const number = sqn(xor(auts.slice(0, SQN_BYTES), sessionValues(keys, rand).akStar))
  const { macS } = authenticate(keys, { rand, sqn: number, amf: RESYNCHRONISATION_AMF })
  return equal(macS, auts.subarray(SQN_BYTES))
    ? { kind: 'resynchronised', sqn: sqnNumber(number) }
    : parseError('AUTS: expected the MAC-S of the number it holds, got another')
}

/** A sequence number as its 6 bytes; throws a RangeError outside 0 to 2^48-1. */
export function sqnBytes(number: number): Sqn {
  if (!Number.isInteger(number) || number < 0 || number > GREATEST_SQN) {
    throw new RangeError(`Sqn: expected 0 to 2^48-1, got ${number}`)
  }
  const bytes = new Uint8Array(SQN_BYTES)
  Buffer.from(bytes.buffer).writeUIntBE(number, 0, SQN_BYTES)
  return sqn(bytes)
}

/** The number that 6 bytes hold. */
export function sqnNumber(bytes: Sqn): number {
  return Buffer.from(bytes).readUIntBE(0, SQN_BYTES)
}

function isFresh({ sqn, mostAhead }: Card, got: number): boolean {
  return got > sqn && (mostAhead === undefined || got - sqn <= mostAhead)
}
