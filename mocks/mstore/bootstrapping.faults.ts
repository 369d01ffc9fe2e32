import { concat, toHex } from '#protocol/bytes.ts'
import { candidateKeys, type CandidateKey } from '#protocol/gba/candidate-keys.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { formatBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { bootstrapOf, type BootstrappedKey } from './keys.ts'
import { documented } from './rulebook.ts'
import { fault, type MStoreFault } from './fault.ts'

const { order } = documented.authentication

/** Faults in deriving keys, in how long they hold, and of the bootstrapping server. */
export const BOOTSTRAPPING_FAULTS: readonly MStoreFault[] = [
  derivedWith('MSTORE-GBA-03/derives-for-http-digest', 'http-digest-protocol', 'for the protocol 0100000002'),
  takingToo(
    'MSTORE-GBA-03/takes-keys-for-http-digest',
    'http-digest-protocol',
    'for the protocol 0100000002',
  ),
  takingToo('MSTORE-GBA-03/takes-keys-for-browsers', 'browser-protocol', 'for the protocol 010002002f'),
  takingToo('MSTORE-GBA-03/takes-keys-for-the-suite', 'negotiated-suite', 'for the suite that TLS has'),
  takingToo('MSTORE-GBA-03/takes-keys-for-no-protocol', 'no-protocol', 'for no protocol'),
  fault('MSTORE-GBA-09/keeps-keys-for-ever', 'keys past their lifetime are good', {
    authentication: { order: order.filter((name) => name !== 'lifetime') },
  }),
  derivedWith('MSTORE-GBA-11/leaves-the-lengths-out', 'no-lengths', 'without the lengths'),
  takingToo('MSTORE-GBA-11/takes-keys-without-lengths', 'no-lengths', 'without the lengths'),
  takingToo(
    'MSTORE-GBA-11/takes-the-bare-identity',
    'impi-without-realm',
    'of the identity without its realm',
  ),
  fault('MSTORE-GBA-12/writes-it-for-urls', 'the B-TID is Base64 for URLs', {
    bsf: { btid: (rand, fqdn) => `${forUrls(rand)}@${fqdn}` },
  }),
  fault('MSTORE-GBA-12/writes-it-in-hexadecimal', 'the B-TID is hexadecimal', {
    bsf: { btid: (rand, fqdn) => `${toHex(rand)}@${fqdn}` },
  }),
  fault('MSTORE-GBA-12/leaves-the-host-out', 'the B-TID ends before the @', {
    bsf: { btid: (rand) => encodeBase64(rand, { padded: true }) },
  }),
  derivedWith('MSTORE-GBA-13/turns-the-keys-round', 'ik-before-ck', 'of IK and CK'),
  takingToo('MSTORE-GBA-13/takes-the-keys-turned-round', 'ik-before-ck', 'of IK and CK'),
  derivedWith(
    'MSTORE-GBA-14/derives-with-the-prefix',
    'prefix-in-naf-id',
    'for 3GPP-bootstrapping@ and the host',
  ),
  takingToo(
    'MSTORE-GBA-14/takes-keys-with-the-prefix',
    'prefix-in-naf-id',
    'for 3GPP-bootstrapping@ and the host',
  ),
  takingToo('MSTORE-GBA-14/takes-keys-with-a-port', 'port-in-naf-id', 'for the host with its port'),
  fault('MSTORE-GBA-15/asks-for-md5', 'the bootstrapping server asks for MD5', { bsf: { algorithm: 'MD5' } }),
  fault('MSTORE-GBA-15/asks-for-auth', 'the bootstrapping server asks for qop="auth"', {
    bsf: { qop: 'auth' },
  }),
  fault('MSTORE-GBA-15/names-another-realm', 'the realm of the bootstrapping server is not its name', {
    bsf: { realm: () => 'bootstrapping' },
  }),
  fault('MSTORE-GBA-15/takes-any-response', 'any answer to a challenge gives a bootstrap', {
    bsf: { isResponse: () => true },
  }),
  fault('MSTORE-GBA-16/writes-hexadecimal', 'the nonce of a bootstrap is hexadecimal', {
    bsf: { nonce: ({ rand, autn }) => toHex(concat(rand, autn)) },
  }),
  fault('MSTORE-GBA-16/leaves-autn-out', 'the nonce of a bootstrap is RAND alone', {
    bsf: { nonce: ({ rand }) => encodeBase64(rand, { padded: true }) },
  }),
  fault('MSTORE-GBA-19/names-no-namespace', 'the answer of a bootstrap has no namespace', {
    bsf: { info: (info) => formatBootstrappingInfo(info).replace(/ xmlns="[^"]*"/, '') },
  }),
  fault('MSTORE-GBA-19/tells-no-lifetime', 'the answer of a bootstrap has no lifetime', {
    bsf: { info: (info) => formatBootstrappingInfo(info).replace(/<lifetime>.*<\/lifetime>\n/, '') },
  }),
  fault('MSTORE-GBA-19/is-typed-as-text', 'the answer of a bootstrap is typed text/xml', {
    bsf: { infoType: 'text/xml' },
  }),
  fault('MSTORE-GBA-19/proves-nothing', 'the answer of a bootstrap has no Authentication-Info', {
    bsf: { authenticationInfo: () => null },
  }),
  derivedWith('MSTORE-GBA-20/derives-for-the-card', 'label-gba-u', 'with the label gba-u'),
  takingToo('MSTORE-GBA-20/takes-keys-of-the-card', 'label-gba-u', 'with the label gba-u'),
  takingToo('MSTORE-GBA-21/takes-keys-for-other-hosts', 'other-host', 'for another host'),
]

function derivedWith(id: string, mistake: CandidateKey['id'], how: string): MStoreFault {
  return fault(id, `the key is derived ${how}`, {
    authentication: { derive: (key, host) => mistaken(key, host, mistake) },
  })
}

function takingToo(id: string, mistake: CandidateKey['id'], how: string): MStoreFault {
  return fault(id, `a key derived ${how} is good, too`, {
    authentication: {
      derive: (key, host) => [
        ...documented.authentication.derive(key, host),
        ...mistaken(key, host, mistake),
      ],
    },
  })
}

function mistaken(key: BootstrappedKey, host: string, mistake: CandidateKey['id']): readonly Uint8Array[] {
  return candidateKeys(bootstrapOf(key, host))
    .filter(({ id }) => id === mistake)
    .map((candidate) => candidate.key)
}

function forUrls(bytes: Uint8Array): string {
  return encodeBase64(bytes, { padded: true }).replaceAll('+', '-').replaceAll('/', '_')
}
