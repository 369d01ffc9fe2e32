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
 * How TLS certificates are to be judged. `ca` is PEM text with the authorities to trust instead of the
 * well-known ones; null keeps those. `insecure` judges nothing. Throws a UsageError when the text holds
 * no certificate.
 */
export function readTrust(tls: { readonly ca: string | null; readonly insecure: boolean }): Trust {
  const verify = !tls.insecure
  if (tls.ca === null) return { context: wellKnown(), verify }
  if (!tls.ca.includes('-----BEGIN CERTIFICATE-----')) throw noCertificate('no BEGIN CERTIFICATE line')
  try {
    return { context: createSecureContext({ ca: tls.ca }), verify }
  } catch (error) {
    throw noCertificate(error instanceof Error ? error.message : String(error))
  }
}

function noCertificate(got: string): UsageError {
  return new UsageError(`tls.ca: expected certificates in PEM form, got ${got}; name a PEM file with --ca`)
}

let shared: SecureContext | null = null

/** The well-known authorities take tens of milliseconds to load, so they are loaded once. */
function wellKnown(): SecureContext {
  shared ??= createSecureContext()
  return shared
}
