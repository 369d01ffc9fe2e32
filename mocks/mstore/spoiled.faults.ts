import { alsoChanging, objectsIn } from './also-changing.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const { bulkUpdate, flags, profile, uploads } = documented

/** Faults by which an operation spoils something of its mailbox that it is not about. */
export const SPOILED_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-FLAG-17/has-two-active-greetings',
    'the third greeting that becomes active makes the first inactive',
    {
      flags: {
        changed: (object, change, authorized) => {
          const active = objectsIn(authorized.mailbox, 'greetings').filter(({ greetingOn }) => greetingOn)
          const [first] = change.on && active.length > 1 ? active : []
          const changed = flags.changed(object, change, authorized)
          return first === undefined ? changed : [...changed, { ...first, greetingOn: false }]
        },
      },
    },
  ),
  walkFault(
    'MSTORE-BULKUPDATE-33/deactivates-several',
    'greetings that are marked together become inactive',
    {
      bulkUpdate: {
        updated: (object, update, authorized) => ({
          ...bulkUpdate.updated(object, update, authorized),
          greetingOn: object.greetingOn && update.urls.length < 2,
        }),
      },
    },
  ),
  walkFault('MSTORE-PROFILE-17/resets-with-the-language', 'writing a language sets nut to false', {
    profile: {
      written: (before, sent) => {
        const written = profile.written(before, sent)
        return sent.has('Language') && !sent.has('nut') ? new Map([...written, ['nut', 'false']]) : written
      },
    },
  }),
  walkFault(
    'MSTORE-PROFILE-17/resets-the-language-for-two',
    'writing nut and vvmon in one request sets Language to eng',
    {
      profile: {
        written: (before, sent) => {
          const written = profile.written(before, sent)
          return sent.has('nut') && sent.has('vvmon') && !sent.has('Language')
            ? new Map([...written, ['Language', 'eng']])
            : written
        },
      },
    },
  ),
  fault(
    'MSTORE-PROFILE-17/shows-the-tutorial-for-a-new-pin',
    'a changed PIN sets nut to true',
    alsoChanging(['change-pin'], ['changed'], ({ mailbox: { subscriber } }) => [
      {
        kind: 'profile-stored',
        msisdn: subscriber.msisdn,
        profile: new Map([...subscriber.profile, ['nut', 'true']]),
      },
    ]),
  ),
  walkFault(
    'MSTORE-PROFILE-27/deactivates-greetings-when-switched-on',
    'switching visual voicemail on makes all greetings inactive',
    {
      profile: {
        alsoChanged: (mailbox) =>
          mailbox.subscriber.profile.get('vvmon') === 'false' ? allInactive(mailbox) : [],
      },
    },
  ),
  fault(
    'MSTORE-BULKDELETE-09/deactivates-what-is-left',
    'the deletion of an active greeting makes the other greetings inactive',
    alsoChanging(['bulk-delete'], ['done', 'mixed', 'unaddressable'], ({ decision, mailbox }) => {
      const removed = removedBy(decision.changes, mailbox)
      return removed.some(({ greetingOn }) => greetingOn)
        ? allInactive(mailbox).filter(
            (change) => !removed.some(({ number }) => number === change.object.number),
          )
        : []
    }),
  ),
  fault(
    'MSTORE-UPLOAD-48/deactivates-for-a-voice-signature',
    'a new voice signature makes the other greetings inactive',
    {
      uploads: {
        stored: (object, authorized) => [
          ...(object.attributes.get('x-cns-greeting-type') === 'voice-signature'
            ? objectsIn(authorized.mailbox, 'greetings').map(inactive)
            : []),
          ...uploads.stored(object, authorized),
        ],
      },
    },
  ),
  walkFault(
    'MSTORE-UPLOAD-48/marks-greetings-for-a-voicemail',
    'an upload to the inbox marks the greetings as seen',
    {
      uploads: {
        stored: (object, authorized) => [
          ...(object.folder === 'voicemails'
            ? objectsIn(authorized.mailbox, 'greetings').map((other) => ({ ...other, seen: true }))
            : []),
          ...uploads.stored(object, authorized),
        ],
      },
    },
  ),
]

function inactive(object: StoredObject): StoredObject {
  return { ...object, greetingOn: false }
}

function allInactive(mailbox: StoredMailbox) {
  return objectsIn(mailbox, 'greetings').map((object) => ({
    kind: 'object-stored' as const,
    msisdn: mailbox.subscriber.msisdn,
    object: inactive(object),
  }))
}

function removedBy(
  changes: readonly { readonly kind: string }[],
  { objects }: StoredMailbox,
): readonly StoredObject[] {
  return changes.flatMap((change) =>
    'path' in change && typeof change.path === 'string' ? (objects.get(change.path) ?? []) : [],
  )
}
