import type { Ask } from '#model/ask.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { utf8 } from '#protocol/bytes.ts'
import { basic, type Credentials } from '#driver/relay/operations.ts'
import { withHeader, type WireRequest } from '#driver/wire-request.ts'
import { wrongPassword } from '../support/authorization.ts'
import { otherCode } from '../support/confirmations.ts'
import { FIRST, type RelayWalkParty } from './walk-party.ts'
import type { RelayWalk } from './walk.ts'

/** The username of a device: the bare number, or with its device (E-31). */
function usernameOf({ number, node }: RelayWalkParty, id: number, name: string): string {
  return name === FIRST && node.target.username === 'number' ? number : `${number}.${id}`
}

/** The credentials of the device that asks. */
export function ownCredentials(walk: RelayWalk, { party: name, values }: Ask): Credentials {
  const party = walk.party(name)
  const device = values['device'] ?? FIRST
  const { id, install } = party.device(device)
  return { username: usernameOf(party, id, device), password: party.install(install).password }
}

/** The request with the credentials that the ask names; its own where it names none. */
export function authorized(walk: RelayWalk, ask: Ask, request: WireRequest): WireRequest {
  const { credentials } = ask.values
  if (credentials === undefined) return request
  if (credentials === 'none') return withHeader(request, 'Authorization', null)
  const header = HEADERS[credentials]
  if (header !== undefined) return withHeader(request, 'Authorization', header(ownCredentials(walk, ask)))
  return withHeader(request, 'Authorization', basic(wrongCredentials(walk, ask, credentials)))
}

/** Headers that cannot be read. */
const HEADERS: Readonly<Record<string, (own: Credentials) => string>> = {
  malformed: () => 'Basic !!!!!!!!!!!!!!!!',
  'another scheme': (own) => basic(own).replace('Basic', 'Bearer'),
  'without a colon': ({ username }) => `Basic ${encodeBase64(utf8(username), { padded: true })}`,
  'letters for the device': ({ username, password }) =>
    basic({ username: `${username.replace(/\..*/, '')}.one`, password }),
}

type CredentialsChange = (own: Credentials, walk: RelayWalk) => Credentials

const CHANGES: Readonly<Record<string, CredentialsChange>> = {
  wrong: ({ username, password }) => ({ username, password: wrongPassword(password) }),
  'other case': ({ username, password }) => ({ username, password: inOtherCase(password) }),
  half: ({ username, password }) => ({ username, password: password.slice(0, password.length / 2) }),
  'one character more': ({ username, password }) => ({ username, password: `${password}x` }),
  'one character less': ({ username, password }) => ({ username, password: password.slice(0, -1) }),
  'another first character': ({ username, password }) => ({
    username,
    password: `${password.startsWith('x') ? 'y' : 'x'}${password.slice(1)}`,
  }),
  'another middle character': ({ username, password }) => ({ username, password: changedInside(password) }),
  backwards: ({ username, password }) => {
    const reversed = Array.from(password).reverse().join('')
    return { username, password: reversed === password ? wrongPassword(password) : reversed }
  },
  'without blanks': ({ username, password }) => ({
    username,
    password: password.includes(' ') ? password.replaceAll(' ', '') : `${password} `,
  }),
  'unknown number': ({ password }, walk) => ({ username: walk.unusedNumber('without an account'), password }),
  'number with a digit more': ({ username, password }) => ({
    username: username.replace(/^\+\d+/, '$&0'),
    password,
  }),
  'number with another digit': ({ username, password }) => ({
    username: username.replace(/^\+\d+/, otherCode),
    password,
  }),
}

function wrongCredentials(walk: RelayWalk, ask: Ask, credentials: string): Credentials {
  const own = ownCredentials(walk, ask)
  const change = CHANGES[credentials]
  return change === undefined
    ? { ...own, password: passwordNamed(walk, ask, credentials) }
    : change(own, walk)
}

/** `registration 1`, `device tablet`, `password of Bob`. */
function passwordNamed(walk: RelayWalk, { party: name }: Ask, words: string): string {
  const party = walk.party(name)
  const [, device] = /^device (.+)$/.exec(words) ?? []
  if (device !== undefined) return party.install(party.device(device).install).password
  const [, other] = /^password of (.+)$/.exec(words) ?? []
  if (other === undefined) return party.install(words).password
  const owner = walk.party(other)
  return owner.install(owner.device().install).password
}

function changedInside(password: string): string {
  const middle = Math.floor(password.length / 2)
  return `${password.slice(0, middle)}${password[middle] === 'x' ? 'y' : 'x'}${password.slice(middle + 1)}`
}

function inOtherCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
