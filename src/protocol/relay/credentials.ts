import { encodeBase64, isBase64 } from '../base64.ts'
import { fromUtf8, utf8 } from '../bytes.ts'

/** What a client names itself by: a number, or `number.device`, and the password it chose (relay spec, Confirm). */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Which account and device a username means. */
export interface DeviceName {
  readonly kind: 'device'
  readonly number: string
  readonly deviceId: number
}

/** A username whose part after the dot is no device id: not decimal, zero, or beyond 32 bits. */
export interface MalformedDevice {
  readonly kind: 'malformed-device'
  readonly reason: string
}

/** What an Authorization header holds. `scheme` is the word as it was sent: `Basic`, or `basic`. */
export interface BasicCredentials extends Credentials {
  readonly kind: 'credentials'
  readonly scheme: string
  readonly number: string
  readonly deviceId: number
}

/** Why an Authorization header names no account. No reason repeats a password. */
export interface AuthorizationMistake {
  readonly kind:
    | 'no-header'
    | 'no-scheme'
    | 'other-scheme'
    | 'no-token'
    | 'not-base64'
    | 'not-text'
    | 'no-colon'
    | 'empty-username'
    | 'empty-password'
    | 'malformed-device'
  readonly reason: string
}

/** The device a username without a suffix means (E-31). */
export const FIRST_DEVICE = 1
const GREATEST_DEVICE = 0xffffffff

/** The value of the Authorization header: `Basic`, then the Base64 of `username:password` in UTF-8. */
export function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${encodeBase64(utf8(`${username}:${password}`), { padded: true })}`
}

/**
 * Reads the value of an Authorization header; `undefined` means a request without one. The word
 * Basic is taken in any case (RFC 7235; `scheme` says which), the Base64 padded or not, and the
 * password is all that follows the first colon. The number is not judged here (E-12).
 */
export function parseAuthorization(header: string | undefined): BasicCredentials | AuthorizationMistake {
  if (header === undefined) return refuse('no-header', 'expected an Authorization header, got none')
  const { scheme, token } = wordsOf(header)
  if (scheme.toLowerCase() !== 'basic') return refuseScheme(scheme, token)
  if (token === '') return refuse('no-token', 'expected Basic and a token, got Basic alone')
  if (!isBase64(token)) return refuse('not-base64', `token of ${token.length} characters is not Base64`)
  const bytes = Buffer.from(token, 'base64')
  const text = fromUtf8(bytes)
  return text === null
    ? refuse('not-text', `expected username:password in UTF-8, got ${bytes.length} other bytes`)
    : parsePair(scheme, text)
}

/** The word before the first space, and what follows it; spaces around them count for nothing. */
function wordsOf(header: string): { readonly scheme: string; readonly token: string } {
  const words = withoutSpaces(header)
  const space = words.indexOf(' ')
  if (space < 0) return { scheme: words, token: '' }
  return { scheme: words.slice(0, space), token: withoutSpaces(words.slice(space + 1)) }
}

/** Text without the spaces around it; other white space stays. */
function withoutSpaces(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return text.slice(start, end)
}

function refuseScheme(scheme: string, token: string): AuthorizationMistake {
  return token === ''
    ? refuse('no-scheme', `expected Basic and a token, got one word of ${scheme.length} characters`)
    : refuse('other-scheme', `expected scheme Basic, got ${JSON.stringify(scheme.slice(0, 20))}`)
}

function parsePair(scheme: string, text: string): BasicCredentials | AuthorizationMistake {
  const colon = text.indexOf(':')
  if (colon < 0)
    return refuse('no-colon', `expected username:password, got ${text.length} characters without a colon`)
  const username = text.slice(0, colon)
  const password = text.slice(colon + 1)
  if (username === '') return refuse('empty-username', 'expected a number before the colon, got nothing')
  if (password === '') return refuse('empty-password', 'expected a password after the colon, got nothing')
  const device = parseUsername(username)
  if (device.kind === 'malformed-device') return device
  const { number, deviceId } = device
  return { kind: 'credentials', scheme, username, password, number, deviceId }
}

function refuse(kind: AuthorizationMistake['kind'], reason: string): AuthorizationMistake {
  return { kind, reason: `Authorization: ${reason}` }
}

/** Reads `number` or `number.device`; without a suffix it is device 1. The number is not judged. */
export function parseUsername(username: string): DeviceName | MalformedDevice {
  const dot = username.indexOf('.')
  if (dot < 0) return { kind: 'device', number: username, deviceId: FIRST_DEVICE }
  const suffix = username.slice(dot + 1)
  const deviceId = /^[1-9][0-9]{0,9}$/.test(suffix) ? Number(suffix) : Infinity
  return deviceId <= GREATEST_DEVICE && dot > 0
    ? { kind: 'device', number: username.slice(0, dot), deviceId }
    : {
        kind: 'malformed-device',
        reason: `username: expected number.device, got suffix ${JSON.stringify(suffix.slice(0, 20))}`,
      }
}
