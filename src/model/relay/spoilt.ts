import type { Ask } from '../ask.ts'

/** What may be wrong with the credentials of an ask, as situations of an operation. */
export const SPOILT_CREDENTIALS = ['no credentials', 'wrong credentials', 'former credentials'] as const

/** That the body of an ask is not what it should be, as a situation of an operation. */
export const SPOILT_BODY = 'malformed body'

type SpoiltPart = (typeof SPOILT_CREDENTIALS)[number] | typeof SPOILT_BODY

/** What is wrong with the credentials or the body of an ask, which outweighs all else that is remarkable; null for nothing. */
export function spoiltBy({ values: { credentials, body } }: Ask): SpoiltPart | null {
  if (credentials === 'none') return 'no credentials'
  if (credentials !== undefined)
    return credentials.startsWith('registration ') ? 'former credentials' : 'wrong credentials'
  return body === undefined ? null : SPOILT_BODY
}
