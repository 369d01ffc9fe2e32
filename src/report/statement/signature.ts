import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { UsageError } from '#evidence/usage-error.ts'

/** A new pair of Ed25519 keys as PEM texts: PKCS #8 and SubjectPublicKeyInfo, as OpenSSL writes them. */
export function newKeys(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** The Ed25519 signature of a text in Base64. Throws a UsageError where `pem` is no such private key; `shown` names its file. */
export function signatureOf(text: string, pem: string, shown: string): string {
  const key = ed25519(shown, 'private', () => createPrivateKey(pem))
  return sign(null, Buffer.from(text), key).toString('base64')
}

/** A text and what is said to be its signature, in Base64. */
export interface SignedText {
  readonly text: string
  readonly signature: string
}

/**
 * Whether a signature is that of its text, by the public key, or by the private one with which it was made. Throws a
 * UsageError where `pem` is no Ed25519 key; `shown` names its file.
 */
export function isSigned({ text, signature }: SignedText, pem: string, shown: string): boolean {
  const key = ed25519(shown, 'public', () => createPublicKey(pem))
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
}

function ed25519(shown: string, kind: string, read: () => KeyObject): KeyObject {
  const key = readOrNull(read)
  const got = key?.asymmetricKeyType ?? 'something else'
  if (key === null || got !== 'ed25519')
    throw new UsageError(
      `--key ${shown}: expected a ${kind} Ed25519 key in PEM form without a passphrase, got ${got}; touchstone statement keygen makes a pair`,
    )
  return key
}

function readOrNull(read: () => KeyObject): KeyObject | null {
  try {
    return read()
  } catch {
    return null
  }
}
