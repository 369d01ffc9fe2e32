import { formatAuthParams, type AuthParam } from '#protocol/auth-params.ts'
import { AKA_ALGORITHM, formatAkaNonce } from '#protocol/gba/aka-digest.ts'
import { GREATEST_SQN, type Challenge } from '#protocol/gba/aka.ts'
import { formatBTid } from '#protocol/gba/b-tid.ts'
import { BOOTSTRAPPING_MEDIA_TYPE, formatBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { amf, AMF_BYTES, type Amf, type Rand } from '#protocol/gba/milenage.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import type { BsfKind } from './outcomes.ts'

/** Every choice and number by which the bootstrapping server behaves; a fault is a patch to it. */
export interface BsfRules {
  readonly status: Readonly<Record<BsfKind, number>>
  /** Names in a challenge. */
  readonly algorithm: string
  readonly qop: string
  /** How the server calls itself in a challenge; `fqdn` is its domain name. */
  readonly realm: (fqdn: string) => string
  readonly nonce: (challenge: Challenge) => string
  /** The field of challenges to a subscriber that has none of its own. */
  readonly amf: Amf
  readonly nextSqn: (last: number) => number
  /** What the digest takes for a password. */
  readonly password: (res: Uint8Array) => Uint8Array
  /** Whether the response of a client is taken for the one expected. */
  readonly isResponse: (given: string, expected: string) => boolean
  readonly btid: (rand: Rand, fqdn: string) => string
  /** How long credentials hold where nothing else is set, in ms. */
  readonly lifetimeMs: number
  readonly infoType: string
  /** The XML with a B-TID, and until when it is valid, in ms since the epoch. */
  readonly info: (info: { readonly btid: string; readonly expiresAt: number }) => string
  /** The text of Authentication-Info; null for none. */
  readonly authenticationInfo: (proof: ServerProof) => string | null
}

/** What a server proves itself with. */
export interface ServerProof {
  readonly rspauth: string
  readonly cnonce: string
  readonly nc: string
}

/** What differs from another rulebook. */
export type BsfRulesPatch = Patch<BsfRules>

const HOUR_MS = 60 * 60 * 1000

/** The bootstrapping server of the standards. */
export const documentedBsf: BsfRules = {
  status: {
    'unknown-path': 404,
    'unknown-method': 405,
    'no-credentials': 401,
    'malformed-credentials': 400,
    'unknown-subscriber': 403,
    challenged: 401,
    resynchronised: 401,
    'bad-resynchronisation': 401,
    'wrong-response': 401,
    // MSTORE-GBA-19
    bootstrapped: 200,
  },
  // MSTORE-GBA-15
  algorithm: AKA_ALGORITHM,
  qop: 'auth-int',
  realm: (fqdn) => fqdn,
  password: (res) => res,
  isResponse: (given, expected) => given.toLowerCase() === expected,
  // MSTORE-GBA-16
  nonce: (challenge) => formatAkaNonce(challenge),
  // 3GPP TS 33.102, annex H: the separation bit is for other networks
  amf: amf(new Uint8Array(AMF_BYTES)),
  nextSqn: (last) => (last === GREATEST_SQN ? 0 : last + 1),
  // MSTORE-GBA-12
  btid: formatBTid,
  lifetimeMs: HOUR_MS,
  // MSTORE-GBA-19 (3GPP TS 24.109, annex C)
  infoType: BOOTSTRAPPING_MEDIA_TYPE,
  info: formatBootstrappingInfo,
  authenticationInfo: ({ rspauth, cnonce, nc }) =>
    formatAuthParams(
      [
        bare('qop', 'auth-int'),
        { name: 'rspauth', value: rspauth, quoted: true },
        { name: 'cnonce', value: cnonce, quoted: true },
        bare('nc', nc),
      ],
      ', ',
    ),
}

function bare(name: string, value: string): AuthParam {
  return { name, value, quoted: false }
}
