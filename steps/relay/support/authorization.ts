import { encodeBase64 } from '#protocol/base64.ts'
import { utf8 } from '#protocol/bytes.ts'
import { withHeader, type WireRequest } from '#driver/wire-request.ts'
import { otherCode } from './confirmations.ts'
import { username } from './registration.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/**
 * The Authorization header a scenario writes down, as it goes on the wire; null for `none`. What stands in
 * brackets is Base64 encoded, with the words replaced: NUMBER (the username; the bare number before a dot),
 * PASSWORD and PASSWORD2 (of the first and the second device), FORMER (of the registration before this one), WRONG
 * (a password that differs in its last character), SWAPPED and HALF (the password in other case, and its first half),
 * UNKNOWN (a number that is not registered), LONGER, SHORTER and NEIGHBOUR (the number with a digit more, without its
 * last one, and with another).
 */
export function authorizationOf(session: RelaySession, party: Party, notation: string): string | null {
  if (notation === 'none') return null
  return notation.replace(/\[([^\]]*)\]/g, (_, text: string) => base64(words(session, party, text)))
}

/** The request with that Authorization, and no other. */
export function authorizedAs(session: RelaySession, party: Party, notation: string) {
  return (request: WireRequest): WireRequest =>
    withHeader(request, 'Authorization', authorizationOf(session, party, notation))
}

/** A password of the same length that differs in its last character. */
export function wrongPassword(password: string): string {
  return password.slice(0, -1) + (password.endsWith('x') ? 'y' : 'x')
}

function words(session: RelaySession, party: Party, text: string): string {
  const { password } = party.device()
  const replacements: Readonly<Record<string, () => string>> = {
    UNKNOWN: () => session.unusedNumber(),
    NUMBER: () => username(party),
    'NUMBER.': () => `${party.number}.`,
    PASSWORD2: () => party.device(2).password,
    PASSWORD: () => password,
    FORMER: () => party.former.at(-1)?.password ?? password,
    WRONG: () => wrongPassword(password),
    SWAPPED: () => inOtherCase(password),
    HALF: () => password.slice(0, password.length / 2),
    LONGER: () => `${party.number}0`,
    SHORTER: () => party.number.slice(0, -1),
    NEIGHBOUR: () => otherCode(party.number),
  }
  return text.replace(
    /UNKNOWN|NUMBER\.?|PASSWORD2?|FORMER|WRONG|SWAPPED|HALF|LONGER|SHORTER|NEIGHBOUR/g,
    (word) => replacements[word]?.() ?? word,
  )
}

function inOtherCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

function base64(text: string): string {
  return encodeBase64(utf8(text), { padded: true })
}
