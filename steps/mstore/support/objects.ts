import { jsonOf } from '#driver/mstore/answers.ts'
import { getObject } from '#driver/mstore/operations.ts'
import { isObject, membersOf } from '#protocol/mstore/members.ts'
import { misread } from '#protocol/mstore/misread.ts'
import { parseResourceUrl } from '#protocol/mstore/urls.ts'
import { percentNormal } from '#protocol/percent.ts'
import { listedItems, placeOf, urlOf } from './listing.ts'
import { objectOf } from './lookup.ts'
import { unknownPath, type Mailbox } from './mailbox.ts'
import type { ObjectReference } from './object-references.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'

/**
 * The members of an object that must be there, as they came: what is wrong with one of them is judged elsewhere. One
 * that was uploaded and is nowhere was not created.
 */
export async function readMembers(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<Readonly<Record<string, unknown>>> {
  const { objectPath } = objectOf(mailbox, reference)
  const isNowhere = reference.kind === 'greeting' && objectPath === unknownPath('greetings')
  const options = isNowhere ? { requirement: 'MSTORE-UPLOAD-01' } : {}
  const answer = await session.succeed(getObject(mailbox.msisdn, objectPath), mailbox, options)
  const json = jsonOf(answer)
  const object = json.kind === 'json' ? membersOf(json.plain)['object'] : json
  const value = isObject(object)
    ? { kind: 'members', object }
    : misread('object', '{"object": {…}}', json.kind === 'json' ? json.plain : undefined)
  return readOrViolated(session, value, { answer, basic: 'MSTORE-OBJECT-01' }).object
}

/** Asserts that a search has the same members of an object as the answer, which is that object. */
export async function assertSameInSearch(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<void> {
  const { folder, objectPath } = objectOf(mailbox, reference)
  const items = await listedItems(session, mailbox, folder)
  const place = percentNormal(objectPath)
  const item = items.find((each) => placeOf({ resourceURL: urlOf(each) ?? '' }) === place)
  const { answer } = session.turn.observed
  const json = answer === null ? null : jsonOf(answer)
  const object = json?.kind === 'json' ? membersOf(json.plain)['object'] : undefined
  session.check.equal('members that differ in the search', '', differing(canonical(object), canonical(item)))
}

function differing(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): string {
  const names = [...new Set([...left.keys(), ...right.keys()])]
  return names.filter((name) => left.get(name) !== right.get(name)).join(', ')
}

/** The members of an object as texts: attributes and flags are lists without an order. */
function canonical(object: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(membersOf(object)).map(([name, value]) => [name, ordered(value)]))
}

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).toSorted().join()}]`
  if (typeof value === 'string') return JSON.stringify(inOneSpelling(value))
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${ordered(inner)}`)
  return `{${members.toSorted().join()}}`
}

/** A URL of a mailbox in the spelling in which such URLs are compared; any other text as it is. */
function inOneSpelling(text: string): string {
  return parseResourceUrl(text).kind === 'parse-error' ? text : percentNormal(text)
}
