import { createHash, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import {
  bitString,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  text,
  time,
  truth,
} from './der.ts'

/** What a certificate says (RFC 5280). */
export interface CertificateContent {
  readonly subject: string
  /** The key that it is for. */
  readonly subjectKey: KeyObject
  /** 20 bytes at most; the highest bit of the first is not set. */
  readonly serial: Uint8Array
  /** Ms since the Unix epoch. */
  readonly notBefore: number
  readonly notAfter: number
  /** The names and addresses of a server; null where it is that of an authority. */
  readonly hosts: readonly string[] | null
}

/** Who signs: a subject, and the pair of its keys. */
export interface Signer {
  readonly subject: string
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const OIDS = {
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha256WithEcdsa: '1.2.840.10045.4.3.2',
} as const

/** Bits of a key usage, from the left, and how many of the byte are left over (RFC 5280, section 4.2.1.3). */
const USAGES = {
  /** digitalSignature and keyEncipherment: without the latter no suite transports a key by RSA. */
  server: { bits: 0b1010_0000, unused: 5 },
  /** keyCertSign */
  authority: { bits: 0b0000_0100, unused: 2 },
} as const

/** A certificate, signed, as PEM text. */
export function certificatePem(content: CertificateContent, signer: Signer): string {
  const algorithm = algorithmOf(signer.privateKey)
  const signed = toBeSigned(content, signer, algorithm)
  const bytes = sequence(signed, algorithm, bitString(sign('sha256', signed, signer.privateKey)))
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function algorithmOf({ asymmetricKeyType }: KeyObject): Uint8Array {
  return asymmetricKeyType === 'rsa'
    ? sequence(objectIdentifier(OIDS.sha256WithRsa), Buffer.of(0x05, 0x00))
    : sequence(objectIdentifier(OIDS.sha256WithEcdsa))
}

const VERSION_3 = tagged('constructed', 0, integer(Buffer.of(2)))

function toBeSigned(content: CertificateContent, signer: Signer, algorithm: Uint8Array): Uint8Array {
  return sequence(
    VERSION_3,
    integer(content.serial),
    algorithm,
    name(signer.subject),
    sequence(time(content.notBefore), time(content.notAfter)),
    name(content.subject),
    publicKeyInfo(content.subjectKey),
    tagged('constructed', 3, sequence(...extensions(content, signer))),
  )
}

function name(commonName: string): Uint8Array {
  return sequence(setOf(sequence(objectIdentifier(OIDS.commonName), text(commonName))))
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

function extensions({ hosts, subjectKey }: CertificateContent, signer: Signer): readonly Uint8Array[] {
  const identifiers = [
    extension('subjectKeyIdentifier', octetString(keyIdentifier(subjectKey))),
    extension('authorityKeyIdentifier', sequence(tagged('primitive', 0, keyIdentifier(signer.publicKey)))),
  ]
  return hosts === null
    ? [
        extension('basicConstraints', sequence(truth()), true),
        extension('keyUsage', usage('authority'), true),
        ...identifiers,
      ]
    : [
        extension('basicConstraints', sequence(), true),
        extension('keyUsage', usage('server'), true),
        extension('extendedKeyUsage', sequence(objectIdentifier(OIDS.serverAuth))),
        extension('subjectAltName', sequence(...hosts.map(alternativeName))),
        ...identifiers,
      ]
}

function extension(id: keyof typeof OIDS, value: Uint8Array, isCritical = false): Uint8Array {
  return sequence(objectIdentifier(OIDS[id]), ...(isCritical ? [truth()] : []), octetString(value))
}

function usage(of: keyof typeof USAGES): Uint8Array {
  const { bits, unused } = USAGES[of]
  return bitString(Buffer.of(bits), unused)
}

/** By the first method of RFC 5280, section 4.2.1.2, as far as a client can check. */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha1').update(publicKeyInfo(key)).digest()
}

const DNS_NAME = 2
const IP_ADDRESS = 7

function alternativeName(host: string): Uint8Array {
  return isIP(host) === 0
    ? tagged('primitive', DNS_NAME, Buffer.from(host, 'latin1'))
    : tagged('primitive', IP_ADDRESS, addressBytes(host))
}

/** The bytes of an address: four, or sixteen of IPv6. */
function addressBytes(address: string): Uint8Array {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const head = groups(before)
  const tail = groups(after ?? '')
  const zeros = Array.from({ length: IPV6_GROUPS - head.length - tail.length }, () => 0)
  return Buffer.from([...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 0xff]))
}

const IPV6_GROUPS = 8

function groups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
