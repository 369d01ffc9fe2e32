import type * as Tls from 'node:tls'
import { onDemand } from '#protocol/on-demand.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { TlsMaterial } from '../handshakes.ts'
import { LOOPBACK_NAMES, type Reach } from '../reach.ts'
import { testCertificate } from '../test-certificate.ts'

const nodeTls = onDemand('node:tls') as () => typeof Tls

/** Which certificate a mock with TLS serves; everything has a default. */
export interface TlsOptions {
  /** One of your own, and its key. */
  readonly certificate?: TlsMaterial
  /** Serves an RSA certificate: some clients offer TLS_RSA_WITH_AES_128_CBC_SHA alone, which needs one. */
  readonly rsa?: boolean
}

/** A certificate, and the authority that clients are to trust, as PEM text; null where that is not known here. */
export interface ServerCertificate {
  readonly tls: TlsMaterial
  readonly ca: string | null
}

/**
 * The certificate that was given; else the one that ships with the package, where it is made out for every name of the
 * mock; else one that is made now, with an authority of its own. One that cannot be read is a UsageError.
 */
export async function certificateFor(
  { certificate, rsa = false }: TlsOptions,
  { announced }: Pick<Reach, 'announced'>,
): Promise<ServerCertificate> {
  if (certificate !== undefined) return { tls: usable(certificate), ca: null }
  if (!rsa && LOOPBACK_NAMES.includes(announced)) return testCertificate()
  const { issueCertificate } = await import('./issue.ts')
  const hosts = [...new Set([announced, ...LOOPBACK_NAMES])]
  return issueCertificate({ hosts, isRsa: rsa, nowMs: Date.now() })
}

function usable(certificate: TlsMaterial): TlsMaterial {
  try {
    nodeTls().createSecureContext(certificate)
    return certificate
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `certificate: expected one with its key, as PEM text, got what TLS refuses: ${reason}`,
    )
  }
}
