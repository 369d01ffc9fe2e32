import { memory } from '#mocks/engine/memory.ts'
import { alsoChanging, mailboxAfter, removing, storing } from './also-changing.ts'
import type { StoredObject } from './mailbox.ts'
import { knownPath } from './object-paths.ts'
import type { FindObject } from './objects.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { objects, payloads, uploads } = documented

const SEVERAL = 3
const refusedOf = memory((): { object: StoredObject | null } => ({ object: null }))

/** Faults by which what is in another mailbox is shown, or changed. */
export const STRANGER_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-OBJECT-45/shows-anothers-for-what-was-deleted',
    'for an object that was deleted that of its path in the mailbox made next is shown',
    { objects: { find: orNextOf(objects.find) } },
  ),
  walkFault(
    'MSTORE-PAYLOAD-18/hands-out-anothers-for-what-was-deleted',
    'for an object that was deleted the audio of that of its path in the mailbox made next is handed out',
    { payloads: { find: orNextOf(payloads.find) } },
  ),
  walkFault(
    'MSTORE-UPLOAD-37/stores-in-another-mailbox',
    'an upload that is refused for a quota is stored in the mailbox made next',
    {
      ...alsoChanging(['upload'], ['over-quota'], ({ mailbox, state }) => {
        const { object } = refusedOf(state)
        const next = mailboxAfter(mailbox, state.mailboxes)
        if (object === null || next === undefined) return []
        return [storing(next, { ...object, number: next.nextNumbers[object.folder] })]
      }),
      uploads: {
        isOverQuota: (object, context) => {
          refusedOf(context.state).object = object
          return uploads.isOverQuota(object, context)
        },
      },
    },
  ),
  walkFault(
    'MSTORE-PROFILE-17/writes-the-profile-of-another',
    'what is written to a profile makes the whole of it that of the mailbox made next, too',
    alsoChanging(['write-profile'], ['written'], ({ decision, mailbox, state }) => {
      const next = mailboxAfter(mailbox, state.mailboxes)
      return decision.changes.flatMap((change) =>
        change.kind === 'profile-stored' && next !== undefined
          ? [{ ...change, msisdn: next.subscriber.msisdn }]
          : [],
      )
    }),
  ),
  walkFault(
    'MSTORE-BULKDELETE-16/deletes-three-of-another',
    'a request that deletes three objects or more deletes those of their paths in the mailbox made next, too',
    alsoChanging(['bulk-delete'], ['done', 'mixed'], ({ decision, mailbox, state }) => {
      const paths = decision.changes.flatMap((change) =>
        change.kind === 'object-removed' ? change.path : [],
      )
      const next = mailboxAfter(mailbox, state.mailboxes)
      return paths.length < SEVERAL || next === undefined
        ? []
        : paths.flatMap((path) => next.objects.get(path) ?? []).map((object) => removing(next, object))
    }),
  ),
  walkFault(
    'MSTORE-PIN-16/changes-the-pin-of-another',
    'a changed PIN is that of the mailbox made next, too',
    alsoChanging(['change-pin'], ['changed'], ({ decision, mailbox, state }) => {
      const next = mailboxAfter(mailbox, state.mailboxes)
      return decision.changes.flatMap((change) =>
        change.kind === 'pin-stored' && next !== undefined
          ? [{ ...change, msisdn: next.subscriber.msisdn, pin: { ...change.pin, changedAtMs: null } }]
          : [],
      )
    }),
  ),
]

/** An object that was there once is looked for in the mailbox made next, where all mailboxes are at hand. */
function orNextOf(find: FindObject): FindObject {
  return (path, mailbox, all) => {
    const found = find(path, mailbox, all)
    const next = all === undefined ? undefined : mailboxAfter(mailbox, all)
    if (found !== undefined || next === undefined) return found
    const folder = Object.values(FOLDERS).find(({ id }) => knownPath(path)?.startsWith(id))
    const number = Number(/\d+$/.exec(path)?.[0] ?? Infinity)
    return folder !== undefined && number < mailbox.nextNumbers[folder.name]
      ? find(path, next, all)
      : undefined
  }
}
