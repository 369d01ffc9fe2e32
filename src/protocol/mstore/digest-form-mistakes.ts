import { findParam } from '../auth-params.ts'
import type { DigestCredentials } from './digest-credentials.ts'

/** What can be wrong with credentials whatever the key, and the requirement each breaks. */
export const CREDENTIAL_MISTAKES = {
  'other-realm': 'MSTORE-AUTH-28',
  'other-algorithm': 'MSTORE-AUTH-34',
  'no-qop': 'MSTORE-AUTH-33',
  'other-qop': 'MSTORE-AUTH-34',
  'no-cnonce': 'MSTORE-AUTH-32',
  'no-nc': 'MSTORE-AUTH-32',
  'quoted-nc': 'MSTORE-AUTH-25',
  'malformed-nc': 'MSTORE-AUTH-32',
} as const

/** The name of one such mistake. */
export type CredentialMistake = keyof typeof CREDENTIAL_MISTAKES

/** Everything that is wrong with the form of credentials for `realm`; a server refuses each (E-04). */
export function credentialMistakes(
  credentials: DigestCredentials,
  realm: string,
): readonly CredentialMistake[] {
  const { qop, nc, cnonce, algorithm } = credentials
  const checks: Readonly<Record<CredentialMistake, boolean>> = {
    'other-realm': credentials.realm !== realm,
    'other-algorithm': algorithm !== null && algorithm !== 'MD5',
    'no-qop': qop === null,
    'other-qop': qop !== null && qop !== 'auth',
    'no-cnonce': cnonce === null || cnonce === '',
    'no-nc': nc === null,
    'quoted-nc': findParam(credentials.params, 'nc')?.quoted === true,
    'malformed-nc': nc !== null && !/^[0-9a-f]{8}$/i.test(nc),
  }
  return (Object.keys(checks) as CredentialMistake[]).filter((name) => checks[name])
}
