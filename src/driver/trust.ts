import { X509Certificate } from 'node:crypto'
import { type SecureContext, createSecureContext } from 'node:tls'
import { UsageError } from '#evidence/usage-error.ts'

/** What a TLS connection trusts. */
export interface Trust {
  /** Made when it is first needed, for the well-known authorities take a while to load. */
  readonly context: () => SecureContext
  /** The same without a certificate of our own. */
  readonly anonymous: () => SecureContext
  /** Whether a certificate that is not trusted ends the connection. */
  readonly verify: boolean
  /** Whether other authorities are trusted than the well-known ones. */
  readonly isOwn: boolean
}

/** What the target file says of TLS; each text is PEM. */
export interface TlsSettings {
  readonly ca: string | null
  readonly insecure: boolean
  /** The certificate that a client shows, and its key. */
  readonly cert?: string | null | undefined
  readonly key?: string | null | undefined
}

/** The trust of connections to servers to which our own certificate is not shown. */
export function withoutCertificate(trust: Trust): Trust {
  return { ...trust, context: trust.anonymous }
}

/**
 * How TLS certificates are to be judged. `ca` is PEM text with the authorities to trust instead of the
 * well-known ones; null keeps those. `insecure` judges nothing. `cert` and `key` are shown to a server that asks for
 * them. Throws a UsageError when a text holds no certificate, or a key that does not belong to it.
 */
export function readTrust({ ca, insecure, cert = null, key = null }: TlsSettings): Trust {
  const anonymous = ca === null ? wellKnown : contextOf(ca)
  const context = cert === null || key === null ? anonymous : ownContextOf({ ca, cert, key })
  return { context, anonymous, verify: !insecure, isOwn: ca !== null }
}

interface OwnCertificate {
  readonly ca: string | null
  readonly cert: string
  readonly key: string
}

function ownContextOf({ ca, cert, key }: OwnCertificate): () => SecureContext {
  const name = [ca ?? '', cert, key].join('\n')
  const known = contexts.get(name)
  if (known !== undefined) return known
  if (ca !== null) refuseOther(ca)
  try {
    const made = createSecureContext({ ...(ca === null ? {} : { ca }), cert, key })
    contexts.set(name, () => made)
    return () => made
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new UsageError(
      `tls.cert and tls.key: expected a certificate and its key in PEM form, without a passphrase, got others (${code})`,
    )
  }
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
