import type { RecordedHeader } from '#evidence/exchange.ts'
import { withoutPlaceSecrets } from './place-secrets.ts'
import type { Secrets } from './secrets.ts'

/** Headers whose value is a secret whatever it holds. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie'])
const SCHEME = /^(basic|bearer|digest)(?:( +)(.*))?$/is

/**
 * The headers as they may be kept. An Authorization keeps its scheme word and the length of the rest,
 * right or malformed: `Basic ‹credentials, 44 characters›`.
 */
export function redactHeaders(
  headers: readonly RecordedHeader[],
  secrets: Secrets,
): readonly RecordedHeader[] {
  return headers.map(([name, value]) => [name, shownValue(name, value, secrets)])
}

function shownValue(name: string, value: string, secrets: Secrets): string {
  if (isSecretHeader(name)) return redactCredentials(value)
  if (secrets.hidesHeader(name)) return `‹${value.length} characters›`
  return secrets.redact(name.toLowerCase() === 'location' ? withoutPlaceSecrets(value) : value)
}

/** Whether the header called `name` is never shown. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name.toLowerCase())
}

/** The scheme word of an Authorization value and what follows it; `scheme` is empty when it is no known word. */
export function splitAuthorization(value: string): { readonly scheme: string; readonly token: string } {
  const [, scheme = '', , token] = SCHEME.exec(value) ?? []
  return scheme === '' ? { scheme, token: value } : { scheme, token: token ?? '' }
}

function redactCredentials(value: string): string {
  const { scheme, token } = splitAuthorization(value)
  const hidden = token === '' ? '' : `‹credentials, ${token.length} characters›`
  return [scheme, hidden].filter((part) => part !== '').join(' ')
}

/**
 * Adds the credentials of a request to `secrets`, so that they stay hidden where a server repeats
 * them. Only well-formed ones: hiding `!!!!` would hide innocent text.
 */
export function learnCredentials(headers: readonly RecordedHeader[], secrets: Secrets): void {
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== 'authorization') continue
    const { token } = splitAuthorization(value)
    const text = Buffer.from(token, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    if (colon < 1 || !isBase64(token)) continue
    secrets.add(token, 'credentials')
    secrets.add(text.slice(colon + 1), 'password')
  }
}

function isBase64(token: string): boolean {
  return /^[A-Za-z0-9+/]{4,}={0,2}$/.test(token)
}
