import {
  bulkDelete,
  bulkUpdate,
  changePin,
  deleteFlag,
  putFlag,
  putProfile,
} from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { KeptObject, LedgerChange } from '#evidence/ledger-line.ts'
import { GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { Undo } from '../../shared/support/undo-register.ts'
import { percentNormal } from '#protocol/percent.ts'
import { type ListedObject, pathOf, placeOf } from './listing.ts'
import { granted, objectsNow, profileNow, type KeptMailbox } from './mailbox-as-it-is.ts'

/** Writes back each attribute of the profile that is not what it was. */
export function profileBack(kept: KeptMailbox, before: Iterable<readonly [string, string]>): Undo {
  return async () => {
    const now = await profileNow(kept)
    const changed = [...before].filter(([name, value]) => now?.get(name) !== value)
    const refused: string[] = []
    for (const attribute of changed) {
      const answer = await granted(kept, putProfile(kept.mailbox.msisdn, [attribute]))
      if (answer === null) refused.push(attribute[0])
    }
    return refused.length === 0 ? null : `not put back: ${refused.join(', ')}`
  }
}

/** Changes the PIN back to the one that the target file gives. */
export function pinBack(kept: KeptMailbox, before: string): Undo {
  return async () => {
    const { msisdn, pin } = kept.mailbox
    if (pin === null || pin === before) return null
    const answer = await granted(kept, changePin(msisdn, pin, before))
    return answer === null ? 'it was changed, and the mStore refuses to change it back' : null
  }
}

/** The flags that a client can set and clear. */
const CHANGEABLE = [SEEN, GREETING_ON]

/** A folder as it was. */
interface KeptFolder {
  readonly folder: FolderName
  readonly objects: readonly KeptObject[]
}

/** Deletes the greetings that were not there before, and sets the flags of the other objects of a folder as they were. */
export function folderBack(kept: KeptMailbox, { folder, objects }: KeptFolder): Undo {
  return putBack(kept, { folder, objects, deletes: folder === 'greetings' })
}

/**
 * Sets the flags of a folder as they were some time ago. What came since is left where it is and named: the owner of
 * the mailbox may have recorded it.
 */
export function flagsBack(kept: KeptMailbox, { folder, objects }: KeptFolder): Undo {
  return putBack(kept, { folder, objects, deletes: false })
}

function putBack(
  kept: KeptMailbox,
  { folder, objects: before, deletes }: KeptFolder & { readonly deletes: boolean },
): Undo {
  return async () => {
    const now = await objectsNow(kept, folder)
    if (now === null) return 'its objects cannot be listed'
    const known = new Map(before.map((object) => [percentNormal(object.path), object]))
    const added = now.filter((object) => !known.has(placeOf(object))).map(pathOf)
    const isLeft = folder === 'greetings' && added.length > 0 && !(deletes && (await deleted(kept, added)))
    const flags = now.flatMap((object) => flagChanges(kept, object, known.get(placeOf(object))))
    const refused: string[] = []
    for (const request of flags) if ((await granted(kept, request)) === null) refused.push(request.operation)
    if (isLeft)
      return deletes
        ? `${added.length} uploaded and not deleted`
        : `not there before the run: ${added.join(', ')}; delete what it uploaded by hand`
    return refused.length === 0 ? null : `refused: ${refused.join(', ')}`
  }
}

/**
 * Deletes a voicemail that was left. One whose object is not known is named among all that came since, and left where it
 * is: there may have been a real call.
 */
export function voicemailBack(kept: KeptMailbox, { objectPath, before }: LeftVoicemailChange): Undo {
  return async () => {
    const now = (await objectsNow(kept, 'voicemails'))?.map(placeOf)
    if (now === undefined) return 'the voicemails cannot be listed'
    if (objectPath !== null)
      return !now.includes(percentNormal(objectPath)) || (await deleted(kept, [objectPath]))
        ? null
        : 'not deleted'
    const known = new Set(before.map(percentNormal))
    const came = now.filter((path) => !known.has(path))
    return came.length === 0 ? null : `came since: ${came.join(', ')}; delete what was left by hand`
  }
}

type LeftVoicemailChange = Extract<LedgerChange, { readonly kind: 'voicemail' }>

/** Deletes the objects under these paths. */
export async function deleted(kept: KeptMailbox, paths: readonly string[]): Promise<boolean> {
  const { mailbox, node } = kept
  const urls = paths.map((path) => mailbox.objectUrl(node.client.origin, path))
  return (await granted(kept, bulkDelete(mailbox.msisdn, urls))) !== null
}

function flagChanges(kept: KeptMailbox, now: ListedObject, before?: KeptObject): readonly WireRequest[] {
  if (before === undefined) return []
  return CHANGEABLE.filter((flag) => hasFlag(now, flag) !== hasFlag(before, flag)).map((flag) =>
    flagChange(kept, pathOf(now), { flag, isOn: hasFlag(before, flag) }),
  )
}

/** Whether an object lists a flag, in whatever case (E-40). */
function hasFlag({ flags }: Pick<ListedObject, 'flags'>, flag: string): boolean {
  return flags.some((each) => each.toLowerCase() === flag.toLowerCase())
}

/** Sets or clears a flag in the way in which that flag can be changed. */
function flagChange(
  { mailbox, node }: KeptMailbox,
  objectPath: string,
  { flag, isOn }: { readonly flag: string; readonly isOn: boolean },
): WireRequest {
  const { msisdn } = mailbox
  if (flag !== SEEN) return (isOn ? putFlag : deleteFlag)(msisdn, { objectPath, flag })
  const urls = [mailbox.objectUrl(node.client.origin, objectPath)]
  return bulkUpdate(msisdn, { urls, operation: isOn ? 'AddFlag' : 'RemoveFlag', flags: [flag] })
}
