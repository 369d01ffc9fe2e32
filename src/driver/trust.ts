import { X509Certificate } from 'node:crypto'
import { type SecureContext, createSecureContext } from 'node:tls'
import { UsageError } from '#evidence/usage-error.ts'

/** What a TLS connection trusts. */
export interface Trust {
  /** Made when it is first needed, for the well-known authorities take a while to load. */
  readonly context: () => SecureContext
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
  const { ca } = tls
  if (ca === null) return { context: wellKnown, verify }
  return { context: contextOf(ca), verify }
}

/** What was made of each PEM text: reading certificates takes longer than an exchange. */
const contexts = new Map<string, () => SecureContext>()

function contextOf(ca: string): () => SecureContext {
  const known = contexts.get(ca)
  if (known !== undefined) return known
  refuseOther(ca)
  const context = once(() => createSecureContext({ ca }))
  contexts.set(ca, context)
  return context
}

/** OpenSSL passes over authorities that it cannot read, and then trusts no server. */
function refuseOther(pem: string): void {
  try {
    new X509Certificate(pem)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `tls.ca: expected certificates in PEM form, got none (${reason}); name a PEM file with --ca`,
    )
  }
}

const wellKnown = once(() => createSecureContext())

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
