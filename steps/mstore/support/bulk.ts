import { bulkDelete, bulkUpdate } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { encodedMsisdnUri, msisdnUri } from '#protocol/mstore/msisdn.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import { textAt } from './answer-members.ts'
import { readResults } from './bulk-results.ts'
import { objectOf } from './lookup.ts'
import type { Mailbox } from './mailbox.ts'
import type { ObjectReference } from './object-references.ts'
import { readMembers } from './objects.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'

/** A change of one flag of many objects. */
export interface BulkFlagChange {
  readonly operation: 'AddFlag' | 'RemoveFlag'
  readonly flag: string
}

/** Asks for a change of a flag of objects in bulk. */
export async function changeFlags(
  session: MStoreSession,
  [mailbox, references]: readonly [Mailbox, readonly ObjectReference[]],
  { operation, flag }: BulkFlagChange,
): Promise<void> {
  const urls = await urlsOf(session, mailbox, references)
  const request = bulkUpdate(mailbox.msisdn, { urls, operation, flags: [flag] })
  const isRight = references.every(({ url }) => url === 'simple')
  await actInBulk(session, mailbox, isRight ? request : { ...request, contract: undefined })
}

/** Asks for the deletion of objects in bulk. */
export async function deleteObjects(
  session: MStoreSession,
  mailbox: Mailbox,
  references: readonly ObjectReference[],
): Promise<void> {
  const urls = await urlsOf(session, mailbox, references)
  await actInBulk(session, mailbox, bulkDelete(mailbox.msisdn, urls))
}

async function urlsOf(
  session: MStoreSession,
  mailbox: Mailbox,
  references: readonly ObjectReference[],
): Promise<readonly string[]> {
  const urls: string[] = []
  for (const reference of references) {
    const owner = reference.owner === null ? mailbox : await session.mailbox(reference.owner)
    urls.push(...(reference.kind === 'every' ? urlsIn(session, owner, reference.folder) : []))
    if (reference.kind !== 'every') urls.push(await urlOf(session, owner, reference))
  }
  return urls
}

/** The URLs of all that the scenario knows of a folder. */
function urlsIn({ origin }: MStoreSession, mailbox: Mailbox, folder: FolderName): readonly string[] {
  return mailbox.in(folder).map(({ objectPath }) => mailbox.objectUrl(origin, objectPath))
}

/** The URL of an object in the form that the scenario has; `decoded` is the simple one with `tel:+` in it. */
async function urlOf(session: MStoreSession, mailbox: Mailbox, reference: ObjectReference): Promise<string> {
  if (reference.url === 'simple') return simpleUrlOf(session, mailbox, reference)
  const extended = textAt(await readMembers(session, mailbox, reference), 'resourceURL')
  if (reference.url === 'extended') return extended
  const simple = mailbox.objectUrl(session.origin, objectPathOf(extended) ?? '')
  return simple.replace(encodedMsisdnUri(mailbox.msisdn), msisdnUri(mailbox.msisdn))
}

/** The simple URL of an object, as bulk requests name it. */
export function simpleUrlOf({ origin }: MStoreSession, mailbox: Mailbox, reference: ObjectReference): string {
  return mailbox.objectUrl(origin, objectOf(mailbox, reference).objectPath)
}

/**
 * Makes the bulk request of a scenario. In a Given it must succeed for every object: its results say so, whatever
 * the status (mStore spec, bulkUpdate), or where none can be read the status does.
 */
async function actInBulk(session: MStoreSession, mailbox: Mailbox, request: WireRequest): Promise<void> {
  if (!session.preparing) {
    await session.act(request, mailbox)
    return
  }
  const observed = await session.ask(request, mailbox)
  const { answer, text, exchange, status } = observed
  const results = (answer === null ? null : readResults(answer)) ?? []
  session.check.that({
    requirement: await session.basicOf({ request, observed, mailbox }),
    thing: `results of ${request.operation}`,
    expected: 'a success for every object',
    got: [text, ...results.map(({ kind }) => kind)].join(', '),
    holds: results.length === 0 ? isSuccess(status) : results.every(({ kind }) => kind === 'success'),
    exchange,
  })
}
