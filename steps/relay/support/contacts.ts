import { createHash } from 'node:crypto'
import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { ContactReference, TokenMistake } from './parameter-types.ts'
import { items, members } from './json-members.ts'
import { OK, type RelaySession } from './session.ts'

/** A contact as the directory returns it, whatever its members are. */
export type Entry = Readonly<Record<string, unknown>>

/** That a query is answered with an object that has an array `contacts`. */
const ANSWER_FORM = 'RELAY-DIRECTORY-01'
const TOKEN_BYTES = 10

const mistaken: Readonly<Record<TokenMistake, (number: string) => Uint8Array>> = {
  'without the plus sign': (number) => hash('sha1', number.slice(1)).subarray(0, TOKEN_BYTES),
  'from SHA-256': (number) => hash('sha256', number).subarray(0, TOKEN_BYTES),
  'from the other 10 bytes of SHA-1': (number) => hash('sha1', number).subarray(TOKEN_BYTES),
  'with one letter in the other case': (number) => otherCase(directoryToken(number)),
  'with another first byte': (number) => changedAt(number, 0),
  'with another middle byte': (number) => changedAt(number, TOKEN_BYTES / 2),
  'with another last byte': (number) => changedAt(number, TOKEN_BYTES - 1),
}

/** The tokens under which a scenario looks a contact up; each unregistered number has its own. */
export function tokensOf(session: RelaySession, contact: ContactReference): readonly string[] {
  if (contact.kind !== 'unregistered') return [tokenOf(session, contact)]
  return Array.from({ length: contact.count }, () => directoryToken(session.unusedNumber()))
}

function tokenOf(
  session: RelaySession,
  contact: Exclude<ContactReference, { readonly kind: 'unregistered' }>,
): string {
  if (contact.kind === 'token') return contact.token
  const { number } = session.party(contact.name)
  if (contact.mistake === null) return directoryToken(number)
  return tokenMissing(number, contact.mistake)
}

/** The token of a number with that mistake. */
export function tokenMissing(number: string, mistake: TokenMistake): string {
  return encodeBase64(mistaken[mistake](number), { padded: false })
}

/** The tokens a query asks for; none where its body is not right. */
export function tokensAsked({ body }: WireRequest): readonly string[] {
  return items(contactsIn(body)).map(plainToken)
}

/**
 * The entries of an answer of the directory; none of one that is a refusal. An answer that grants a query
 * and has no contacts is not what such an answer must be.
 */
export function entriesOf(session: RelaySession, answer: Answer | null): readonly Entry[] {
  const contacts = contactsIn(answer?.body ?? null)
  if (answer !== null && OK.includes(answer.status)) {
    session.check.that({
      requirement: ANSWER_FORM,
      thing: 'answer of the directory',
      expected: 'an object with an array of contacts',
      got: Array.isArray(contacts) ? 'that' : 'an answer without such an array',
      holds: Array.isArray(contacts),
      exchange: answer.exchange.id,
    })
  }
  return items(contacts).map(members)
}

function contactsIn(body: Uint8Array | null): unknown {
  const reading = body === null ? null : parsePlainJson(body)
  return reading?.kind === 'json' ? members(reading.plain)['contacts'] : undefined
}

/** The entries for that token, however they write it: how it must be written is a requirement of its own. */
export function entriesFor(entries: readonly Entry[], token: string): readonly Entry[] {
  return entries.filter((entry) => plainToken(entry['token']) === token)
}

/** A token in the standard alphabet and without padding. */
export function plainToken(token: unknown): string {
  if (typeof token !== 'string') return token === undefined ? 'no token' : JSON.stringify(token)
  return token.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
}

function hash(algorithm: 'sha1' | 'sha256', text: string): Uint8Array {
  return createHash(algorithm).update(text, 'utf8').digest()
}

/** The bytes of the number's token with one bit of one byte changed. */
function changedAt(number: string, place: number): Uint8Array {
  return hash('sha1', number)
    .subarray(0, TOKEN_BYTES)
    .map((byte, at) => (at === place ? byte ^ 1 : byte))
}

/** The bytes of a token in which the first letter stands in the other case. */
function otherCase(token: string): Uint8Array {
  const changed = token.replace(/[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
  const decoded = decodeBase64(changed)
  return decoded.kind === 'decoded' ? decoded.bytes : new Uint8Array()
}
