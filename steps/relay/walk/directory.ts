import type { Ask } from '#model/ask.ts'
import { contactsOf } from '#model/relay/directory-answers.ts'
import { UNUSED_FIRST } from '#model/relay/directory.ts'
import type { SeenContact } from '#model/relay/seen.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { queryDirectory } from '#driver/relay/operations.ts'
import { plainToken, tokenMissing } from '../support/contacts.ts'
import { items, jsonOf, members } from '../support/json-members.ts'
import { isOk } from '../support/session.ts'
import { spoilt, type Spoilt } from './bodies.ts'
import { authorized, ownCredentials } from './credentials.ts'
import { unknown } from './names.ts'
import { otherNode } from './numbers.ts'
import { numberIn, seen, type RelayPerformer, type RelayWalk } from './walk.ts'

const WAYS: Readonly<Record<string, Spoilt>> = {
  'without contacts': { path: 'contacts' },
  'contacts null': { path: 'contacts', value: null },
  'contacts a text': { path: 'contacts', value: 'contacts' },
}

/** Tokens that are badly formatted. */
const BAD_TOKENS: Readonly<Record<string, string>> = {
  'not Base64': '!!!!!!!!!!!!!!',
  'nine bytes': encodeBase64(new Uint8Array(9), { padded: false }),
  'eleven bytes': encodeBase64(new Uint8Array(11), { padded: false }),
}

/** Tokens that miss that of a number. */
const NEAR_TOKENS: Readonly<Record<string, (number: string) => string>> = {
  'other case': (number) => tokenMissing(number, 'with one letter in the other case'),
  'another first byte': (number) => tokenMissing(number, 'with another first byte'),
  'another middle byte': (number) => tokenMissing(number, 'with another middle byte'),
  'another last byte': (number) => tokenMissing(number, 'with another last byte'),
}

/** Asks which of some contacts are registered. */
export const queryTheDirectory: RelayPerformer = async (walk, ask) => {
  await walk.synchronised()
  const names = tokenNames(walk, ask)
  const bad = BAD_TOKENS[ask.values['bad token'] ?? '']
  const tokens = [...withRepeated([...names.keys()], walk, ask), ...(bad === undefined ? [] : [bad])]
  const request = spoilt(queryDirectory(ownCredentials(walk, ask), tokens), ask.values['body'], WAYS)
  const observed = await walk.ask(walk.party(ask.party), authorized(walk, ask, request))
  if (!isOk(observed)) return seen(observed)
  const list = members(jsonOf(observed.answer))['contacts']
  if (!Array.isArray(list)) return seen(observed)
  return { ...seen(observed), contacts: items(list).map((entry) => contactIn(walk, ask, { names, entry })) }
}

/** The owner of each token of the query. */
function tokenNames(walk: RelayWalk, ask: Ask): ReadonlyMap<string, string> {
  const unused = Array.from({ length: numberIn(ask.values, 'unused numbers', 0) }, (_, index) => {
    const name = `an unused number ${index + 1}`
    return [directoryToken(walk.unusedNumber(name)), name] as const
  })
  const parties = contactsOf(ask).map((name) => [directoryToken(walk.party(name).number), name] as const)
  const near = nearToken(walk, ask)
  const isLast = ask.values['order'] === UNUSED_FIRST
  return new Map(isLast ? [...unused, ...near, ...parties] : [...parties, ...unused, ...near])
}

/** A token that misses a party's: `other case of Bob`. */
function nearToken(walk: RelayWalk, { values: { near } }: Ask): readonly (readonly [string, string])[] {
  const [, way = '', name = ''] = /^(.+) of (.+)$/.exec(near ?? '') ?? []
  const missed = NEAR_TOKENS[way]
  return missed === undefined ? [] : [[missed(walk.party(name).number), `near ${name}`]]
}

/** The tokens with those that an ask names a second time: behind the others where the last one is among them, else in front. */
function withRepeated(tokens: readonly string[], walk: RelayWalk, ask: Ask): readonly string[] {
  const contacts = contactsOf(ask)
  const isRepeated = (name: string, index: number): boolean => contacts.indexOf(name) !== index
  const repeated = contacts.filter(isRepeated).map((name) => directoryToken(walk.party(name).number))
  return isRepeated(contacts.at(-1) ?? '', contacts.length - 1)
    ? [...tokens, ...repeated]
    : [...repeated, ...tokens]
}

interface Listed {
  readonly names: ReadonlyMap<string, string>
  readonly entry: unknown
}

function contactIn(walk: RelayWalk, ask: Ask, { names, entry }: Listed): SeenContact {
  const { token, relay, supportsSms } = members(entry)
  const text = plainToken(token)
  return {
    owner: names.get(text) ?? unknown(text),
    relay: relayName(walk, ask, relay),
    supportsSms: supportsSms === true || supportsSms === 'true',
  }
}

function relayName(walk: RelayWalk, { party }: Ask, relay: unknown): string {
  if (relay === undefined || relay === null || relay === '') return 'none'
  const { home } = walk.session
  if (home.target.capabilities.federation === null) return unknown(JSON.stringify(relay))
  return relay === otherNode(walk, walk.party(party)) ? 'peer' : unknown(JSON.stringify(relay))
}
