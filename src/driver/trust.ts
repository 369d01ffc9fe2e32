import { readFileSync } from 'node:fs'
import type { SecureContext } from 'node:tls'
import { createSecureContext } from 'node:tls'
import { UsageError } from '#evidence/usage-error.ts'

/** What a TLS connection trusts. */
export interface Trust {
  readonly context: SecureContext
  /** Whether a certificate that is not trusted ends the connection. */
  readonly verify: boolean
}

/**
 * Reads how TLS certificates are to be judged. `ca` is PEM text or the path of a PEM file with the
 * authorities to trust instead of the well-known ones; null keeps those. `insecure` judges nothing.
 * A file that cannot be read or holds no certificate is a UsageError.
 */
export function readTrust(tls: { readonly ca: string | null; readonly insecure: boolean }): Trust {
  const verify = !tls.insecure
  if (tls.ca === null) return { context: createSecureContext(), verify }
  const pem = isPem(tls.ca) ? tls.ca : readPem(tls.ca)
  try {
    return { context: createSecureContext({ ca: pem }), verify }
  } catch (error) {
    throw new UsageError(`tls.ca: expected certificates in PEM form, got ${reasonOf(error)}`)
  }
}

function readPem(path: string): string {
  const text = readText(path)
  if (isPem(text)) return text
  throw new UsageError(`tls.ca: expected certificates in PEM form in ${path}, got no BEGIN CERTIFICATE line`)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`tls.ca: expected a PEM file at ${path}, got ${reasonOf(error)}`)
  }
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN ') && text.includes('CERTIFICATE-----')
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
