import { folderOf, listAt, profileOf } from '#driver/mstore/answers.ts'
import { getFolder, getProfile } from '#driver/mstore/operations.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import { QUOTA_FILTER, type QueryForm } from '#protocol/mstore/endpoints.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { Answer } from '#driver/wire-client.ts'
import { listed, placeOf, type ListedObject } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import type { MailboxPart } from './mailbox-parts.ts'
import { isSuccess } from './observed.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'
import type { Snapshot } from './snapshot.ts'

type SnapshotLine = readonly [name: string, value: string]

/** Reads all there is to see of a part: the profile; a folder's quota and its objects; or the whole mailbox. */
export async function takeSnapshot(
  session: MStoreSession,
  mailbox: Mailbox,
  part: MailboxPart,
): Promise<Snapshot> {
  if (part === 'profile') return new Map(await profileLines(session, mailbox))
  if (part !== 'mailbox') return new Map(await folderLines(session, mailbox, part))
  const lines = [...(await profileLines(session, mailbox))]
  for (const folder of FOLDER_NAMES) lines.push(...(await folderLines(session, mailbox, folder)))
  return new Map(lines)
}

const FOLDER_NAMES = ['voicemails', 'greetings'] as const

async function profileLines(session: MStoreSession, mailbox: Mailbox): Promise<readonly SnapshotLine[]> {
  return [...(await readProfile(session, mailbox))].map(([name, value]) => [`profile ${name}`, value])
}

async function folderLines(
  session: MStoreSession,
  mailbox: Mailbox,
  folder: FolderName,
): Promise<readonly SnapshotLine[]> {
  const quota = await readQuota(session, mailbox, folder)
  const objects = await listed(session, mailbox, folder)
  return [
    ...[...quota].map(([name, value]): SnapshotLine => [`${folder} ${name}`, value]),
    ...objects.flatMap((object) => objectLines(folder, object)),
  ]
}

/** The attributes of the profile. */
export async function readProfile(session: MStoreSession, mailbox: Mailbox): Promise<Attributes> {
  const answer = await session.succeed(getProfile(mailbox.msisdn), mailbox)
  return readOrViolated(session, profileOf(answer), { answer, basic: profileBasic(answer) }).values
}

/** What a profile that cannot be read violates: where it has the list, it is one of its items that is wrong. */
function profileBasic(answer: Answer): string {
  const isList = listAt(answer, 'vvmserviceProfile.attributes.attribute') !== null
  return isList ? 'MSTORE-PROFILE-02' : 'MSTORE-PROFILE-01'
}

/** The attributes of a folder's quota. */
export async function readQuota(
  session: MStoreSession,
  mailbox: Mailbox,
  folder: FolderName,
): Promise<Attributes> {
  const answer = await askQuota(session, mailbox, folder)
  return readOrViolated(session, folderOf(answer), { answer, basic: quotaBasic(answer, folder) }).values
}

/**
 * The answer with a folder's quota: asked for as the dialect has it, and where that is refused, in the other form.
 * Which forms are taken is judged where it is asked for (E-05), and not wherever a mailbox is looked at.
 */
async function askQuota(session: MStoreSession, mailbox: Mailbox, folder: FolderName): Promise<Answer> {
  const request = quotaOf(session.target, mailbox, folder)
  const turn = { request, mailbox, observed: await session.ask(request, mailbox) }
  if (isSuccess(turn.observed.status)) return session.mustHaveSucceeded(turn)
  const dialect = session.target.dialect === 'documented' ? 'deployed' : 'documented'
  const other = quotaOf({ dialect }, mailbox, folder)
  const second = { request: other, mailbox, observed: await session.ask(other, mailbox) }
  return session.mustHaveSucceeded(isSuccess(second.observed.status) ? second : turn)
}

/** What a quota that cannot be read violates, as of a profile. */
function quotaBasic(answer: Answer, folder: FolderName): string {
  if (listAt(answer, 'folder.attributes.attribute') !== null) return 'MSTORE-FOLDER-09'
  return folder === 'voicemails' ? 'MSTORE-FOLDER-01' : 'MSTORE-FOLDER-02'
}

/** The request for the quota of a folder, its query written as the dialect has it (E-05). */
export function quotaOf(target: Pick<MStoreTarget, 'dialect'>, { msisdn }: Mailbox, folder: FolderName) {
  const form = queryForm(target)
  return getFolder(msisdn, { folderId: FOLDERS[folder].id, filter: QUOTA_FILTER.value, form })
}

/** How the dialect writes the query of a folder (E-05). */
export function queryForm({ dialect }: Pick<MStoreTarget, 'dialect'>): QueryForm {
  return dialect === 'documented' ? QUOTA_FILTER.form : 'encoded'
}

function objectLines(folder: FolderName, object: ListedObject): readonly SnapshotLine[] {
  const name = `${folder} ${placeOf(object)}`
  const attributes = [...object.attributes].toSorted(([left], [right]) => (left < right ? -1 : 1))
  return [
    [name, JSON.stringify(attributes)],
    [`${name} flags`, object.flags.toSorted().join(' ')],
  ]
}
