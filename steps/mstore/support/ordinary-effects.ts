import { percentNormal } from '#protocol/percent.ts'
import { listed, placeOf } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import { takeSnapshot } from './mailbox-reading.ts'
import { operationNamed } from './operations.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'
import { differences } from './snapshot.ts'

/** Performs an operation; says whether it was granted. */
type Perform = () => Promise<boolean>

/** What an operation does, or does not do, to every mailbox, and the requirement that says so. */
interface OrdinaryEffect {
  readonly requirement: string
  readonly operation: string
  /** What is otherwise than it should be once the operation was granted; empty where all is right. */
  readonly missed: (session: MStoreSession, mailbox: Mailbox, perform: Perform) => Promise<string>
}

/** By what a request does, what shows whether it does it in an ordinary mailbox. */
const EFFECTS: Readonly<Record<string, OrdinaryEffect>> = {
  'GET /objects/{object_path}': {
    requirement: 'MSTORE-OBJECT-36',
    operation: 'read an object',
    missed: changesOf,
  },
  'GET /objects/{payload_path}': {
    requirement: 'MSTORE-PAYLOAD-14',
    operation: 'download audio',
    missed: changesOf,
  },
  'DELETE /objects/operations/bulkDelete': {
    requirement: 'MSTORE-BULKDELETE-01',
    operation: 'delete in bulk',
    missed: whatIsLeft,
  },
}

/**
 * Asserts of those kinds of request that each does what it always does in a mailbox with one voicemail: what it does not
 * do there is no finding about a scenario that goes on from it.
 */
export async function assertOrdinaryEffects(
  session: MStoreSession,
  mailbox: Mailbox,
  kinds: readonly string[],
): Promise<void> {
  for (const kind of kinds) {
    const effect = EFFECTS[kind]
    if (effect !== undefined && effect.requirement !== session.check.requirement)
      await assertEffect(session, mailbox, effect)
  }
}

async function assertEffect(
  session: MStoreSession,
  mailbox: Mailbox,
  { requirement, operation, missed }: OrdinaryEffect,
): Promise<void> {
  const { prepare, request } = operationNamed(operation)
  await prepare(session, mailbox)
  const got = await missed(session, mailbox, async () =>
    isSuccess((await session.ask(request(session, mailbox), mailbox)).status),
  )
  session.check.that({
    requirement,
    thing: `an ordinary mailbox after "${operation}"`,
    expected: 'as it must be then',
    got: got === '' ? 'that' : got,
    holds: got === '',
  })
}

async function changesOf(session: MStoreSession, mailbox: Mailbox, perform: Perform): Promise<string> {
  const before = await takeSnapshot(session, mailbox, 'voicemails')
  if (!(await perform())) return ''
  return differences(before, await takeSnapshot(session, mailbox, 'voicemails')).join('; ')
}

async function whatIsLeft(session: MStoreSession, mailbox: Mailbox, perform: Perform): Promise<string> {
  if (!(await perform())) return ''
  const newest = mailbox.in('voicemails').at(-1)?.objectPath ?? ''
  const isLeft = (await listed(session, mailbox, 'voicemails')).some(
    (object) => placeOf(object) === percentNormal(newest),
  )
  return isLeft ? 'the voicemail is still listed' : ''
}
