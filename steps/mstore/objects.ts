import { Then, When } from '@cucumber/cucumber'
import { getObject } from '#driver/mstore/operations.ts'
import { jsonOf } from '#driver/mstore/answers.ts'
import { parseError } from '#protocol/parse-error.ts'
import { GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { isObject, membersOf, textsOf } from '#protocol/mstore/members.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { listed, listedItems, objectOf, pathOf, urlOf } from './support/lookup.ts'
import type { Mailbox } from './support/mailbox.ts'
import { unknownPath } from './support/mailbox.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import { readOrViolated } from './support/read.ts'
import type { MStoreSession } from './support/session.ts'

When(
  '{party} reads/read {mailObject}',
  async function (this: TouchstoneWorld, name: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await this.mstore.act(getObject(mailbox.msisdn, objectPath), { mailbox })
  },
)

Then(
  '{mailObject} of {party} has the flag(s) {string}',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string, flags: string) {
    const { mstore } = this
    const got = await readFlags(mstore, await mstore.mailbox(name), reference)
    const missing = flags.split(' ').filter((flag) => !got.includes(flag))
    const basic = SETTING[flags] ?? LISTING
    assertFlags(mstore, { expected: `with ${flags}`, got, holds: missing.length === 0, basic })
  },
)

Then(
  '{mailObject} of {party} does not have the flag(s) {string}',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string, flags: string) {
    const { mstore } = this
    const got = await readFlags(mstore, await mstore.mailbox(name), reference)
    const there = flags.split(' ').filter((flag) => got.includes(flag))
    const basic = CLEARING[flags] ?? LISTING
    assertFlags(mstore, { expected: `without ${flags}`, got, holds: there.length === 0, basic })
  },
)

Then(
  '{party} finds {mailObjects} among the {folder}',
  async function (
    this: TouchstoneWorld,
    name: string,
    references: readonly ObjectReference[],
    folder: FolderName,
  ) {
    await assertListed(this.mstore, await this.mstore.mailbox(name), { references, folder, there: true })
  },
)

Then(
  '{party} does not find {mailObjects} among the {folder}',
  async function (
    this: TouchstoneWorld,
    name: string,
    references: readonly ObjectReference[],
    folder: FolderName,
  ) {
    await assertListed(this.mstore, await this.mstore.mailbox(name), { references, folder, there: false })
  },
)

Then(
  'a search shows {mailObject} of {party} as the answer does',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string) {
    const { check, turn } = this.mstore
    const mailbox = await this.mstore.mailbox(name)
    const { folder, objectPath } = objectOf(mailbox, reference)
    const items = await listedItems(this.mstore, mailbox, folder)
    const item = items.find((each) => objectPathOf(urlOf(each) ?? '') === objectPath)
    const { answer } = turn.observed
    const json = answer === null ? null : jsonOf(answer)
    const got = canonical(json?.kind === 'json' ? membersOf(json.plain)['object'] : undefined)
    const expected = canonical(item)
    const names = new Set([...got.keys(), ...expected.keys()])
    const different = [...names].filter((member) => got.get(member) !== expected.get(member))
    check.equal('members that the search shows otherwise', '', different.join(', '))
  },
)

/** The members of an object as texts: attributes and flags are lists without an order. */
function canonical(object: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(membersOf(object)).map(([name, value]) => [name, ordered(value)]))
}

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).toSorted().join()}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${ordered(inner)}`)
  return `{${members.toSorted().join()}}`
}

/**
 * The members of an object that must be there, as they came: what is wrong with one concerns others not. One that
 * was uploaded and is nowhere was not created.
 */
export async function readMembers(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<Readonly<Record<string, unknown>>> {
  const { objectPath } = objectOf(mailbox, reference)
  const isNowhere = reference.kind === 'greeting' && objectPath === unknownPath('greetings')
  const by = { mailbox, ...(isNowhere ? { requirement: 'MSTORE-UPLOAD-01' } : {}) }
  const answer = await session.succeed(getObject(mailbox.msisdn, objectPath), by)
  const json = jsonOf(answer)
  const object = json.kind === 'json' ? membersOf(json.plain)['object'] : json
  const value = isObject(object)
    ? { kind: 'members', object }
    : parseError('expected {"object": {…}}, got another')
  return readOrViolated(session, value, { answer, basic: 'MSTORE-OBJECT-01' }).object
}

/** The flags of an object that must be there; no `flags` are no flags (E-37). */
async function readFlags(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<readonly string[]> {
  const { flags } = await readMembers(session, mailbox, reference)
  const texts = flags === undefined ? [] : textsOf(membersOf(flags)['flag'])
  session.check.that({
    requirement: LISTING,
    thing: 'flags of the object',
    expected: 'a list of texts',
    got: texts === null ? JSON.stringify(flags) : 'a list of texts',
    holds: texts !== null,
  })
  return texts ?? []
}

/** The requirements that an object lists its flags, and that those a client can change are changed. */
const LISTING = 'MSTORE-OBJECT-22'
const SETTING: Readonly<Record<string, string>> = {
  [SEEN]: 'MSTORE-BULKUPDATE-01',
  [GREETING_ON]: 'MSTORE-FLAG-09',
}
const CLEARING: Readonly<Record<string, string>> = {
  [SEEN]: 'MSTORE-BULKUPDATE-02',
  [GREETING_ON]: 'MSTORE-FLAG-10',
}

interface Flags {
  readonly expected: string
  readonly got: readonly string[]
  readonly holds: boolean
  /** What is violated in a Given. */
  readonly basic: string
}

function assertFlags(session: MStoreSession, { expected, got, holds, basic }: Flags): void {
  const requirement = session.requirementHere(basic)
  session.check.that({ requirement, thing: 'flags of the object', expected, got: got.join(' '), holds })
}

interface Listing {
  readonly references: readonly ObjectReference[]
  readonly folder: FolderName
  readonly there: boolean
}

async function assertListed(
  session: MStoreSession,
  mailbox: Mailbox,
  { references, folder, there }: Listing,
): Promise<void> {
  const paths = (await listed(session, mailbox, folder)).map(pathOf)
  for (const reference of references) {
    const { objectPath } = objectOf(mailbox, reference)
    const isThere = paths.includes(objectPath)
    session.check.that({
      requirement: session.requirementHere('MSTORE-SEARCH-04'),
      thing: `${objectPath} among the ${folder}`,
      expected: there ? 'listed' : 'not listed',
      got: isThere ? 'listed' : 'not listed',
      holds: isThere === there,
    })
  }
}
