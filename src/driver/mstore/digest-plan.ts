import { type AuthParam, formatAuthParams } from '#protocol/auth-params.ts'
import { type DigestAlgorithm, type DigestQop, digestHashes } from '#protocol/digest.ts'
import type { WrongDerivation } from '#protocol/gba/candidate-keys.ts'
import { bootstrappingRealm } from '#protocol/gba/identity.ts'
import type { DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import {
  type Calculation,
  type PasswordForm,
  passwordBytes,
} from '#protocol/mstore/digest-response-mistakes.ts'
import { type DigestRequest, type UriForm, digestUri } from '#protocol/mstore/digest-uri.ts'

/** Makes another text of the right one. */
type Alteration = (right: string) => string

/** A calculation with one qop, or none. */
type PlannedCalculation = Exclude<Calculation, 'qop-list'>

/** Where a digest departs from the right one; what is left out is right. */
export interface DigestPlan {
  /** The mistake in the key's derivation; only a software ISIM can make it. */
  readonly derivation?: WrongDerivation
  readonly password?: PasswordForm
  /** Another key of the same length. */
  readonly otherKey?: boolean
  /** A key whose Base64 has a plus or a slash, so that it distinguishes the alphabets. */
  readonly needsPlusOrSlash?: boolean
  readonly uri?: UriForm
  /** The raw target that the digest is for, instead of that of the request. */
  readonly target?: string
  readonly username?: string | Alteration
  /** The realm without its prefix, or where it has none, with one. */
  readonly realm?: 'other'
  readonly nonce?: string | Alteration
  readonly method?: string
  readonly calculation?: PlannedCalculation
  readonly nc?: string
  /** Parameters that are left out, though the response counts them in. */
  readonly without?: readonly string[]
  /** What is left out counts as empty text in the response, as a server may take it. */
  readonly countedAsNothing?: boolean
  /** Parameters written with quotes where the deployed client writes none. */
  readonly quoted?: readonly string[]
  /** Parameters written without quotes where the deployed client writes them. */
  readonly bare?: readonly string[]
  /** What is between two parameters. */
  readonly separator?: string
  readonly order?: 'reversed' | 'by-name'
  /** One digit of the response is another. */
  readonly altered?: boolean
}

/** What the digest of one request is made of. */
export interface DigestSubject {
  readonly username: string
  /** Ks_NAF. */
  readonly key: Uint8Array
  readonly method: string
  readonly request: DigestRequest
  readonly cnonce: string
  readonly body: Uint8Array | null
}

const SETTINGS: Readonly<
  Record<PlannedCalculation, { readonly qop: DigestQop; readonly algorithm: DigestAlgorithm }>
> = {
  auth: { qop: 'auth', algorithm: 'MD5' },
  'no-qop': { qop: 'none', algorithm: 'MD5' },
  'MD5-sess': { qop: 'auth', algorithm: 'MD5-sess' },
  'auth-int': { qop: 'auth-int', algorithm: 'MD5' },
  'SHA-256': { qop: 'auth', algorithm: 'SHA-256' },
}

/** What the older form of RFC 2069 does not have. */
const NOT_IN_RFC_2069: readonly string[] = ['qop', 'nc', 'cnonce']

/**
 * The `Authorization` field that answers a challenge, as the deployed client writes it (E-04) but for the
 * plan. Throws where the target of the request cannot be decoded, which is the suite's own mistake.
 */
export function authorization(
  challenge: DigestChallenge,
  subject: DigestSubject,
  plan: DigestPlan = {},
): string {
  const { calculation = 'auth', nc = '00000001' } = plan
  const { qop, algorithm } = SETTINGS[calculation]
  const username = inPlace(plan.username, subject.username)
  const realm = plan.realm === undefined ? challenge.realm : otherRealm(challenge.realm)
  const nonce = inPlace(plan.nonce, challenge.nonce)
  const { cnonce } = subject
  const uri = uriOf(subject, plan)
  const counted = (name: string, value: string) =>
    plan.countedAsNothing === true && plan.without?.includes(name) === true ? '' : value
  const { response } = digestHashes({
    username,
    realm,
    nonce,
    uri,
    qop,
    algorithm,
    nc: counted('nc', nc),
    cnonce: counted('cnonce', cnonce),
    password: passwordBytes(subject.key, plan.password ?? 'base64'),
    method: plan.method ?? subject.method,
    ...(subject.body === null ? {} : { body: subject.body }),
  })
  const echoed = echo(challenge, { realm, nonce, qop, algorithm })
  const own = { username, uri, cnonce, nc, response: plan.altered === true ? altered(response) : response }
  const left = calculation === 'no-qop' ? NOT_IN_RFC_2069 : (plan.without ?? [])
  const params = [...echoed, ...Object.entries(own)].filter(([name]) => !left.includes(name))
  return `Digest ${formatAuthParams(ordered(params.map(written(plan)), plan), plan.separator)}`
}

type Param = readonly [name: string, value: string]

/** Every parameter of the challenge again, with `qop` put down to one. */
function echo(
  { params, qop, algorithm }: DigestChallenge,
  chosen: Readonly<Record<'realm' | 'nonce' | 'qop' | 'algorithm', string>>,
): readonly Param[] {
  const replaced = new Map<string, string>(Object.entries(chosen))
  const echoed = params.map(({ name, value }): Param => [name, replaced.get(name.toLowerCase()) ?? value])
  return [
    ...echoed,
    ...(qop === null ? [['qop', chosen.qop] as const] : []),
    ...(algorithm === null && chosen.algorithm !== 'MD5' ? [['algorithm', chosen.algorithm] as const] : []),
  ]
}

function written({ quoted = [], bare = [] }: DigestPlan) {
  return ([name, value]: Param): AuthParam => ({
    name,
    value,
    quoted: name === 'nc' ? quoted.includes(name) : !bare.includes(name),
  })
}

function ordered(params: readonly AuthParam[], { order }: DigestPlan): readonly AuthParam[] {
  if (order === undefined) return params
  return order === 'reversed'
    ? params.toReversed()
    : params.toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

function uriOf({ request: { origin, target } }: DigestSubject, plan: DigestPlan): string {
  const denoted = { origin, target: plan.target ?? target }
  const uri = digestUri(denoted, plan.uri ?? 'absolute')
  if (uri === null)
    throw new Error(`digest uri: expected a target that can be decoded, got ${denoted.target}`)
  return uri
}

function inPlace(planned: string | Alteration | undefined, right: string): string {
  return typeof planned === 'function' ? planned(right) : (planned ?? right)
}

function otherRealm(realm: string): string {
  return realm.includes('@') ? realm.replace(/^.*@/s, '') : bootstrappingRealm(realm)
}

function altered(response: string): string {
  return response.slice(0, -1) + (response.endsWith('0') ? '1' : '0')
}
