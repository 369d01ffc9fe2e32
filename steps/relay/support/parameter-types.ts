import { defineParameterType } from '@cucumber/cucumber'
import { PERSONAS } from '../../shared/support/personas.ts'
import type { PushKind } from '#driver/relay/operations.ts'

defineParameterType({
  name: 'pushKind',
  regexp: /apn|gcm/,
  transformer: (kind): PushKind => (kind === 'apn' ? 'apn' : 'gcm'),
})

/** A device of a party: the first one, or the second or third where the scenario says so. */
export interface DeviceReference {
  readonly name: string
  readonly device: number
}

defineParameterType({
  name: 'device',
  regexp: new RegExp(`(${PERSONAS.join('|')})(?:'s (second|third) device)?`),
  transformer: (name: string, which?: string): DeviceReference => ({
    name,
    device: which === undefined ? 1 : which === 'second' ? 2 : 3,
  }),
})

/** How many prekeys: so many, or so many beyond those that the limit lets one party fetch. */
export interface PrekeyCount {
  readonly least: number
  readonly beyondLimit: boolean
}

defineParameterType({
  name: 'prekeyCount',
  regexp: /(\d+) prekeys( beyond the limit)?/,
  transformer: (least: string, beyond?: string): PrekeyCount => ({
    least: Number(least),
    beyondLimit: beyond !== undefined,
  }),
})

/** How a scenario refers to a verification code: one that was sent, changed or not, or one of its own. */
export type CodeReference =
  | { readonly kind: 'sent'; readonly to: string | null; readonly change: string | null }
  | { readonly kind: 'given'; readonly code: string }

defineParameterType({
  name: 'code',
  regexp:
    /the code sent(?: to (Alice|Bob|Carol))?(?: (with another last digit|without its last digit|without its first digit|behind a zero|followed by a letter))?|the code "(\d+|[a-z]+)"/,
  transformer: (to?: string, change?: string, given?: string): CodeReference =>
    given === undefined
      ? { kind: 'sent', to: to ?? null, change: change ?? null }
      : { kind: 'given', code: given },
})

/** How a token can be made of a number against the relay spec (RELAY-DIRECTORY-03). */
export const TOKEN_MISTAKES = [
  'without the plus sign',
  'from SHA-256',
  'from the other 10 bytes of SHA-1',
  'with one letter in the other case',
  'with another first byte',
  'with another middle byte',
  'with another last byte',
] as const
/** What is wrong with a token of the directory. */
export type TokenMistake = (typeof TOKEN_MISTAKES)[number]

/** What a scenario looks up: a party, by the right token or a mistaken one, a token as it is, or unregistered numbers. */
export type ContactReference =
  | { readonly kind: 'party'; readonly name: string; readonly mistake: TokenMistake | null }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'unregistered'; readonly count: number }

const NAMED_PARTY = `(?:${PERSONAS.join('|')})(?: by a token (?:${TOKEN_MISTAKES.join('|')}))?`
const CONTACT = `(?:${NAMED_PARTY}|the token "[^"]*"|\\d+ unregistered numbers)`

/** Contacts in a row: `Bob`, `Bob, 9 unregistered numbers and the token "!!!!"`; or `no contacts`. */
defineParameterType({
  name: 'contacts',
  regexp: new RegExp(`no contacts|${CONTACT}(?:(?:, | and )${CONTACT})*`),
  transformer: (list: string): readonly ContactReference[] =>
    [...list.matchAll(new RegExp(CONTACT, 'g'))].map(([text]) => contactOf(text)),
})

function contactOf(text: string): ContactReference {
  const token = /^the token "(.*)"$/.exec(text)?.[1]
  if (token !== undefined) return { kind: 'token', token }
  const count = /^(\d+) unregistered numbers$/.exec(text)?.[1]
  if (count !== undefined) return { kind: 'unregistered', count: Number(count) }
  const mistake = TOKEN_MISTAKES.find((one) => text.endsWith(one)) ?? null
  return { kind: 'party', name: text.split(' ')[0] ?? '', mistake }
}

/** Device ids, in ascending order, as a scenario lists them: `"1, 2"`, `""` for none. */
defineParameterType({
  name: 'ids',
  regexp: /"((?:\d+(?:, \d+)*)?)"/,
  transformer: (list: string): readonly number[] => (list === '' ? [] : list.split(', ').map(Number)),
})
