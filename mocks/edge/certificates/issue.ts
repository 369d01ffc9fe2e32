import { generateKeyPair, randomBytes, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { TestCertificate } from '../test-certificate.ts'
import { certificatePem, type Signer } from './certificate.ts'

/** What a certificate is to be made out for. */
export interface CertificateOrder {
  /** Names and addresses of the server. */
  readonly hosts: readonly string[]
  /** RSA in place of P-256, for clients whose suites transport the key by RSA. */
  readonly isRsa: boolean
  /** Ms since the Unix epoch. */
  readonly nowMs: number
}

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const DAY_MS = 24 * 60 * 60 * 1000
/** A telephone trusts no certificate of a server for longer than this, whichever authority signed it. */
const VALID_DAYS = 397
const RSA_BITS = 2048
const SERIAL_BYTES = 16
const POSITIVE = 0x7f

/**
 * Makes a certificate for a server, and an authority that signed it and nothing else: the key of that authority is
 * dropped. Keys are drawn anew each time.
 */
export async function issueCertificate({ hosts, isRsa, nowMs }: CertificateOrder): Promise<TestCertificate> {
  const [authorityKeys, keys] = await Promise.all([newPair(isRsa), newPair(isRsa)])
  const authority: Signer = {
    subject: `Touchstone authority ${serial().toString('hex', 0, 4)}`,
    ...authorityKeys,
  }
  const valid = { notBefore: nowMs - DAY_MS, notAfter: nowMs + VALID_DAYS * DAY_MS }
  const made = (subject: string, subjectKey: KeyObject, named: readonly string[] | null): string =>
    certificatePem({ subject, subjectKey, serial: serial(), hosts: named, ...valid }, authority)
  return {
    tls: {
      cert: made(hosts[0] ?? '', keys.publicKey, hosts),
      key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    ca: made(authority.subject, authorityKeys.publicKey, null),
  }
}

function newPair(isRsa: boolean): Promise<Pair> {
  const generate = promisify(generateKeyPair)
  return isRsa ? generate('rsa', { modulusLength: RSA_BITS }) : generate('ec', { namedCurve: 'P-256' })
}

function serial(): Buffer {
  const bytes = randomBytes(SERIAL_BYTES)
  bytes.writeUInt8((bytes.readUInt8(0) & POSITIVE) | 0x40, 0)
  return bytes
}
