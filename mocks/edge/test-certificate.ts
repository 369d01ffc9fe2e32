import { packagedText } from '#protocol/package-root.ts'
import type { TlsMaterial } from './handshakes.ts'

/** The certificate that the mocks serve, and the authority that clients are to trust, as PEM text. */
export interface TestCertificate {
  readonly tls: TlsMaterial
  readonly ca: string
}

/** The test certificate that ships with the package, for `localhost`, `127.0.0.1` and `::1`. Its key is public. */
export function testCertificate(): TestCertificate {
  return {
    tls: { cert: packagedText('fixtures/tls/server.pem'), key: packagedText('fixtures/tls/server-key.pem') },
    ca: packagedText('fixtures/tls/authority.pem'),
  }
}
