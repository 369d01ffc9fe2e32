import { Then, When } from '@cucumber/cucumber'
import { getObject } from '#driver/mstore/operations.ts'
import { objectOf as objectIn } from '#driver/mstore/answers.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { ObjectReading } from '#protocol/mstore/objects.ts'
import type { TouchstoneWorld } from '../world.ts'
import { listed, objectOf, pathOf } from './lookup.ts'
import type { Mailbox } from './mailbox.ts'
import type { ObjectReference } from './parameter-types.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'

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
    const got = (await readObject(mstore, await mstore.mailbox(name), reference)).flags
    const missing = flags.split(' ').filter((flag) => !got.includes(flag))
    assertFlags(mstore, { expected: `with ${flags}`, got, holds: missing.length === 0 })
  },
)

Then(
  '{mailObject} of {party} does not have the flag(s) {string}',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string, flags: string) {
    const { mstore } = this
    const got = (await readObject(mstore, await mstore.mailbox(name), reference)).flags
    const there = flags.split(' ').filter((flag) => got.includes(flag))
    assertFlags(mstore, { expected: `without ${flags}`, got, holds: there.length === 0 })
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

/** Reads an object that must be there. */
export async function readObject(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<ObjectReading> {
  const { objectPath } = objectOf(mailbox, reference)
  const answer = await session.succeed(getObject(mailbox.msisdn, objectPath), { mailbox })
  return readOrViolated(session, objectIn(answer), { answer, basic: 'MSTORE-OBJECT-01' })
}

interface Flags {
  readonly expected: string
  readonly got: readonly string[]
  readonly holds: boolean
}

function assertFlags(session: MStoreSession, { expected, got, holds }: Flags): void {
  const requirement = session.requirementHere('MSTORE-OBJECT-22')
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
