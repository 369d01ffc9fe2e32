import { folderOf, profileOf } from '#driver/mstore/answers.ts'
import { getFolder, getProfile } from '#driver/mstore/operations.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { QUOTA_FILTER } from '#protocol/mstore/endpoints.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { ObjectReading } from '#protocol/mstore/objects.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { listed, pathOf } from './lookup.ts'
import type { Mailbox } from './mailbox.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'

/** What a mailbox holds, a line each: `profile nut`, `voicemails VMOccupiedMessages`, `voicemails PATH flags`. */
export type Snapshot = ReadonlyMap<string, string>

type Line = readonly [name: string, value: string]

/** Reads everything there is to see of a mailbox: the profile, both folders and every object of them. */
export async function takeSnapshot(session: MStoreSession, mailbox: Mailbox): Promise<Snapshot> {
  const profile = await readProfile(session, mailbox)
  const lines: Line[] = [...profile].map(([name, value]) => [`profile ${name}`, value])
  for (const folder of ['voicemails', 'greetings'] as const) {
    const quota = await readQuota(session, mailbox, folder)
    lines.push(...[...quota].map(([name, value]): Line => [`${folder} ${name}`, value]))
    const objects = await listed(session, mailbox, folder)
    lines.push(...objects.flatMap((object) => objectLines(folder, object)))
  }
  return new Map(lines)
}

/** How two snapshots differ, a line each. */
export function differences(before: Snapshot, after: Snapshot): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${name}: ${before.get(name) ?? 'none'} -> ${after.get(name) ?? 'none'}`)
}

/** The attributes of the profile. */
export async function readProfile(session: MStoreSession, mailbox: Mailbox): Promise<Attributes> {
  const answer = await session.succeed(getProfile(mailbox.msisdn), { mailbox })
  return readOrViolated(session, profileOf(answer), { answer, basic: 'MSTORE-PROFILE-01' }).values
}

/** The attributes of a folder's quota. */
export async function readQuota(
  session: MStoreSession,
  mailbox: Mailbox,
  folder: FolderName,
): Promise<Attributes> {
  const basic = folder === 'voicemails' ? 'MSTORE-FOLDER-01' : 'MSTORE-FOLDER-02'
  const answer = await session.succeed(quotaOf(session.target, mailbox, folder), { mailbox })
  return readOrViolated(session, folderOf(answer), { answer, basic }).values
}

/** The request for the quota of a folder, its query written as the dialect has it (E-05). */
export function quotaOf({ dialect }: MStoreTarget, { msisdn }: Mailbox, folder: FolderName) {
  const form = dialect === 'documented' ? QUOTA_FILTER.form : 'encoded'
  return getFolder(msisdn, { folderId: FOLDERS[folder].id, filter: QUOTA_FILTER.value, form })
}

function objectLines(folder: FolderName, object: ObjectReading): readonly Line[] {
  const name = `${folder} ${pathOf(object)}`
  const attributes = [...object.attributes].toSorted(([left], [right]) => (left < right ? -1 : 1))
  return [
    [name, JSON.stringify(attributes)],
    [`${name} flags`, object.flags.toSorted().join(' ')],
  ]
}
