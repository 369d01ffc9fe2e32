import { memory } from '#mocks/engine/memory.ts'
import { mailboxAfter, settling } from './also-changing.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { search, uploads } = documented

/** The numbers of the mailboxes by the path of an object that was deleted in them. */
const deletionsOf = memory(() => new Map<string, string>())

/** Faults by which what is in one mailbox depends on another. */
export const OTHER_MAILBOX_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-SEARCH-21/hides-what-another-has-deleted',
    'an object is not listed at whose path another mailbox had one that was deleted last',
    hidingDeleted(),
  ),
  walkFault(
    'MSTORE-PAYLOAD-17/keeps-the-audio-of-anothers-namesake',
    'a greeting with the subject of one in another mailbox is stored with the audio of that one',
    {
      uploads: {
        stored: (object, authorized) => {
          const { state, mailbox } = authorized
          const others = [...state.mailboxes.values()].filter(({ subscriber }) => !isOf(mailbox, subscriber))
          const namesake = others
            .flatMap(({ objects }) => [...objects.values()])
            .find((other) => other.folder === object.folder && isSubjectOf(object, other))
          return uploads.stored(
            namesake === undefined ? object : { ...object, audio: namesake.audio },
            authorized,
          )
        },
      },
    },
  ),
  walkFault(
    'MSTORE-UPLOAD-01/counts-the-greetings-of-another',
    'an upload is refused for the greetings of the mailbox made next, too',
    {
      uploads: {
        isOverQuota: (object, context) => {
          const next = mailboxAfter(context.mailbox, context.state.mailboxes)
          const objects = new Map([
            ...[...(next?.objects ?? [])].map(([path, other]) => [`${path} of another`, other] as const),
            ...context.mailbox.objects,
          ])
          return uploads.isOverQuota(object, { ...context, mailbox: { ...context.mailbox, objects } })
        },
      },
    },
  ),
]

function isOf({ subscriber }: StoredMailbox, other: StoredMailbox['subscriber']): boolean {
  return subscriber.msisdn === other.msisdn
}

function isSubjectOf(object: StoredObject, other: StoredObject): boolean {
  return object.attributes.get('subject') === other.attributes.get('subject')
}

function hidingDeleted(): MStorePatch {
  return {
    ...settling(['bulk-delete'], ['done', 'mixed'], ({ decision, mailbox, state }) => {
      for (const change of decision.changes)
        if (change.kind === 'object-removed') deletionsOf(state).set(change.path, mailbox.subscriber.msisdn)
      return decision
    }),
    search: {
      mailbox: (scope, authorized) => {
        const searched = search.mailbox(scope, authorized)
        const deletions = deletionsOf(authorized.state)
        const { msisdn } = searched.subscriber
        const isShown = (object: StoredObject): boolean =>
          (deletions.get(objectPath(object)) ?? msisdn) === msisdn
        return {
          ...searched,
          objects: new Map([...searched.objects].filter(([, object]) => isShown(object))),
        }
      },
    },
  }
}
