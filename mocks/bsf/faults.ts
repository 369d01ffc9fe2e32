import { toHex, utf8 } from '#protocol/bytes.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { formatAkaNonce } from '#protocol/gba/aka-digest.ts'
import { formatBTid } from '#protocol/gba/b-tid.ts'
import { formatBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { rand as asRand } from '#protocol/gba/milenage.ts'
import { documentedBsf, type BsfRules, type BsfRulesPatch } from './rulebook.ts'

/** A deliberate violation of a requirement by the bootstrapping server. */
export interface BsfFault {
  /** `REQUIREMENT/what-is-wrong`. */
  readonly id: string
  /** What the server does wrong, in a few words. */
  readonly summary: string
  readonly patch: BsfRulesPatch
}

/** The faults the bootstrapping server knows. */
export const BSF_FAULTS: readonly BsfFault[] = [
  fault('MSTORE-GBA-12/url-safe-btid', 'the B-TID is in the URL-safe alphabet', {
    btid: (rand, fqdn) => urlSafe(formatBTid(rand, fqdn)),
  }),
  fault('MSTORE-GBA-12/hexadecimal-btid', 'the B-TID holds RAND in hexadecimal', {
    btid: (rand, fqdn) => `${toHex(rand)}@${fqdn}`,
  }),
  fault('MSTORE-GBA-12/unpadded-btid', 'the Base64 of the B-TID is not padded', {
    btid: (rand, fqdn) => `${encodeBase64(rand, { padded: false })}@${fqdn}`,
  }),
  fault('MSTORE-GBA-12/btid-without-server', 'the B-TID does not name the server', {
    btid: (rand) => encodeBase64(rand, { padded: true }),
  }),
  fault('MSTORE-GBA-12/btid-of-another-challenge', 'the B-TID does not hold RAND', {
    btid: (rand, fqdn) => formatBTid(asRand(rand.toReversed()), fqdn),
  }),

  fault('MSTORE-GBA-15/plain-md5', 'the challenge names the algorithm MD5', { algorithm: 'MD5' }),
  fault('MSTORE-GBA-15/qop-auth', 'the challenge names the qop auth', { qop: 'auth' }),
  fault('MSTORE-GBA-15/foreign-realm', 'the realm is not the name of the server', {
    realm: (fqdn) => `other.${fqdn}`,
  }),
  fault('MSTORE-GBA-15/hexadecimal-res', 'the password is RES in hexadecimal', {
    password: (res) => utf8(toHex(res)),
  }),
  fault('MSTORE-GBA-15/takes-any-response', 'any response bootstraps', { isResponse: () => true }),

  fault('MSTORE-GBA-16/hexadecimal-nonce', 'the nonce is in hexadecimal', {
    nonce: ({ rand, autn }) => `${toHex(rand)}${toHex(autn)}`,
  }),
  fault('MSTORE-GBA-16/no-autn', 'the nonce holds RAND alone', {
    nonce: ({ rand }) => encodeBase64(rand, { padded: true }),
  }),
  fault('MSTORE-GBA-16/url-safe-nonce', 'the nonce is in the URL-safe alphabet', {
    nonce: (challenge) => urlSafe(formatAkaNonce(challenge)),
  }),

  fault('MSTORE-GBA-19/answers-201', 'a bootstrap answers 201', { status: { bootstrapped: 201 } }),
  fault('MSTORE-GBA-19/plain-xml', 'the Content-Type is text/xml', { infoType: 'text/xml' }),
  fault('MSTORE-GBA-19/no-namespace', 'the XML has no namespace', { info: told(/ xmlns="[^"]*"/, '') }),
  fault('MSTORE-GBA-19/another-root', 'the root is called otherwise', {
    info: told(/BootstrappingInfo/g, 'Bootstrapping'),
  }),
  fault('MSTORE-GBA-19/no-btid', 'the XML names no B-TID', { info: told(/<btid>.*<\/btid>\n/, '') }),
  fault('MSTORE-GBA-19/no-lifetime', 'the XML names no lifetime', {
    info: told(/<lifetime>.*<\/lifetime>\n/, ''),
  }),
  fault('MSTORE-GBA-19/lifetime-in-seconds', 'the lifetime is a number of seconds', {
    info: told(/<lifetime>.*<\/lifetime>/, '<lifetime>3600</lifetime>'),
  }),
  fault('MSTORE-GBA-19/no-rspauth', 'there is no Authentication-Info', { authenticationInfo: () => null }),
  fault('MSTORE-GBA-19/wrong-rspauth', 'the rspauth is that of nobody', {
    authenticationInfo: (proof) =>
      documentedBsf.authenticationInfo({ ...proof, rspauth: '0'.repeat(proof.rspauth.length) }),
  }),
]

function fault(id: string, summary: string, patch: BsfRulesPatch): BsfFault {
  return { id, summary, patch }
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_')
}

/** The XML of an answer with something replaced. */
function told(what: RegExp, by: string): BsfRules['info'] {
  return (info) => formatBootstrappingInfo(info).replace(what, by)
}
