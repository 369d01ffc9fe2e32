import { concat, fromHex, utf8 } from '../bytes.ts'
import { BOOTSTRAPPING_PREFIX } from './identity.ts'
import {
  type DerivationInput,
  type KsNaf,
  MSTORE_UA_PROTOCOL,
  bootstrapKey,
  deriveKsNaf,
  deriveWithoutLengths,
  nafId,
} from './key-derivation.ts'
import type { Rand } from './milenage.ts'

/** What a bootstrap yields, for one server. */
export interface BootstrapSecrets {
  readonly ck: Uint8Array
  readonly ik: Uint8Array
  readonly rand: Rand
  readonly impi: string
  /** The server's domain name, without port. */
  readonly host: string
}

/** A key that a client may have derived: the right one, or one that names its mistake. */
export interface CandidateKey {
  readonly id: 'right' | WrongDerivation
  readonly key: KsNaf
}

/** The mistakes that show in the key they give, and the requirement each breaks. */
export const WRONG_DERIVATIONS = {
  'label-gba-u': 'MSTORE-GBA-20',
  'prefix-in-naf-id': 'MSTORE-GBA-14',
  'port-in-naf-id': 'MSTORE-GBA-14',
  'http-digest-protocol': 'MSTORE-GBA-03',
  'browser-protocol': 'MSTORE-GBA-05',
  'negotiated-suite': 'MSTORE-GBA-06',
  'no-protocol': 'MSTORE-GBA-03',
  'ik-before-ck': 'MSTORE-GBA-13',
  'no-lengths': 'MSTORE-GBA-11',
  'impi-without-realm': 'MSTORE-GBA-11',
  'other-host': 'MSTORE-GBA-02',
} as const

/** The name of a mistaken way to derive the key. */
export type WrongDerivation = keyof typeof WRONG_DERIVATIONS

/** The hosts of the mStore spec, of which a client may take the wrong one. */
const KNOWN_HOSTS = ['wsg.t-mobile.com', 'wsg2.stg.sip.t-mobile.com'] as const

/** Ua protocol identifiers of 3GPP TS 33.220, annex H that are not the mStore spec's. */
const HTTP_DIGEST_PROTOCOL = fromHex('0100000002')
const BROWSER_PROTOCOL = fromHex('010002002f')
const TLS13_SUITE_PROTOCOL = fromHex('0100011301')

/** The right key first, then one for each known mistake: a judge tries them to say which the client made. */
export function candidateKeys(bootstrap: BootstrapSecrets): readonly CandidateKey[] {
  const right = rightInput(bootstrap)
  return [
    { id: 'right', key: deriveKsNaf(right) },
    ...wrongNafs(bootstrap, right),
    ...wrongInputs(bootstrap, right),
  ]
}

/** The key that client and server share (3GPP TS 33.220, section 4.5.3; mStore spec, Authentication). */
export function rightKey(bootstrap: BootstrapSecrets): KsNaf {
  return deriveKsNaf(rightInput(bootstrap))
}

function rightInput({ ck, ik, rand, impi, host }: BootstrapSecrets): DerivationInput {
  return { ks: bootstrapKey({ ck, ik }), rand, impi, nafId: nafId(host, MSTORE_UA_PROTOCOL) }
}

function wrongNafs({ host }: BootstrapSecrets, right: DerivationInput): readonly CandidateKey[] {
  const named = (id: WrongDerivation, name: string, protocol: Uint8Array = MSTORE_UA_PROTOCOL) => ({
    id,
    key: deriveKsNaf({ ...right, nafId: nafId(name, protocol) }),
  })
  return [
    named('prefix-in-naf-id', `${BOOTSTRAPPING_PREFIX}${host}`),
    named('port-in-naf-id', `${host}:443`),
    named('http-digest-protocol', host, HTTP_DIGEST_PROTOCOL),
    named('browser-protocol', host, BROWSER_PROTOCOL),
    named('negotiated-suite', host, TLS13_SUITE_PROTOCOL),
    { id: 'no-protocol', key: deriveKsNaf({ ...right, nafId: utf8(host) }) },
    ...KNOWN_HOSTS.filter((known) => known !== host).map((known) => named('other-host', known)),
  ]
}

function wrongInputs({ ck, ik, impi }: BootstrapSecrets, right: DerivationInput): readonly CandidateKey[] {
  return [
    { id: 'label-gba-u', key: deriveKsNaf({ ...right, label: 'gba-u' }) },
    { id: 'ik-before-ck', key: deriveKsNaf({ ...right, ks: concat(ik, ck) }) },
    { id: 'no-lengths', key: deriveWithoutLengths(right) },
    { id: 'impi-without-realm', key: deriveKsNaf({ ...right, impi: impi.replace(/@.*$/s, '') }) },
  ]
}
