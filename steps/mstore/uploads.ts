import { Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { payloadOf } from '#driver/mstore/answers.ts'
import { getPayload } from '#driver/mstore/operations.ts'
import { equal } from '#protocol/bytes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { newGreeting, tryGreeting } from './support/greetings.ts'
import { listed, objectOf, pathOf } from './support/lookup.ts'
import type { Mailbox } from './support/mailbox.ts'
import { unknownPath } from './support/mailbox.ts'
import { greetingWishes } from './mailboxes.ts'
import { at } from './members.ts'
import { readMembers } from './objects.ts'
import { isSuccess } from './support/observed.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import type { MStoreSession } from './support/session.ts'

When(
  '{party} uploads the greeting {string}',
  async function (this: TouchstoneWorld, name: string, label: string) {
    const mailbox = await this.mstore.mailbox(name)
    await tryGreeting(this.mstore, mailbox, newGreeting(this.mstore, label))
  },
)

When(
  '{party} uploads the greeting {string} with:',
  async function (this: TouchstoneWorld, name: string, label: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const greeting = newGreeting(this.mstore, label, greetingWishes(table.rowsHash()))
    await tryGreeting(this.mstore, mailbox, greeting)
  },
)

Then(
  '{party} finds {mailObject} among the {folder} just if that was accepted',
  async function (this: TouchstoneWorld, name: string, reference: ObjectReference, folder: FolderName) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    const expected = isSuccess(this.mstore.turn.observed.status) ? 'listed' : 'not listed'
    const paths = (await listed(this.mstore, mailbox, folder)).map(pathOf)
    const got = paths.includes(objectPath) ? 'listed' : 'not listed'
    this.mstore.check.equal(`${objectPath} among the ${folder}`, expected, got)
  },
)

Then(
  '{mailObject} of {party} holds the audio uploaded',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string) {
    await assertAudio(this.mstore, await this.mstore.mailbox(name), { reference, there: true })
  },
)

/** What was refused, or is nowhere, has no audio either. */
Then(
  '{mailObject} of {party} does not hold the audio uploaded',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string) {
    await assertAudio(this.mstore, await this.mstore.mailbox(name), { reference, there: false })
  },
)

interface Audio {
  readonly reference: ObjectReference
  readonly there: boolean
}

async function assertAudio(
  session: MStoreSession,
  mailbox: Mailbox,
  { reference, there }: Audio,
): Promise<void> {
  const isStored = objectOf(mailbox, reference).objectPath !== unknownPath('greetings')
  const holdsIt = isStored && (await holdsAudio(session, mailbox, reference))
  const words = (holds: boolean) => (holds ? 'stored with that audio' : 'not stored with that audio')
  const requirement = there && !isStored ? 'MSTORE-UPLOAD-01' : undefined
  const [expected, got] = [words(there), words(holdsIt)]
  session.check.that({ requirement, thing: 'what was uploaded', expected, got, holds: holdsIt === there })
}

async function holdsAudio(
  session: MStoreSession,
  mailbox: Mailbox,
  reference: ObjectReference,
): Promise<boolean> {
  const href = at(await readMembers(session, mailbox, reference), 'payloadPart.0.href')
  const payload = getPayload(typeof href === 'string' ? href : '', session.origin)
  if (payload.kind === 'parse-error') return false
  const { answer, status } = await session.ask(payload.request, { mailbox })
  const read = answer !== null && isSuccess(status) ? payloadOf(answer) : null
  const { audio } = objectOf(mailbox, reference)
  return read?.kind === 'payload' && audio !== null && equal(read.audio, audio)
}
