import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { isActive } from './activation.ts'
import { alsoChanging, objectsIn, removing, storing } from './also-changing.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkUpdate, uploads } = documented

/** Faults by which a change takes something with it that was set before. */
export const DISTURBED_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-PROFILE-17/restores-the-pin-when-switched-on',
    'writing vvmon brings the PIN of before back',
    alsoChanging(['write-profile'], ['written'], ({ decision, mailbox: { subscriber } }) => {
      const [former] = subscriber.pin.previous.slice(-1)
      const isSwitched = decision.notes.some((note) => /^attributes .*\bvvmon\b/.test(note))
      return former === undefined || !isSwitched
        ? []
        : [{ kind: 'pin-stored', msisdn: subscriber.msisdn, pin: { ...subscriber.pin, current: former } }]
    }),
  ),
  walkFault(
    'MSTORE-BULKUPDATE-33/makes-signatures-normal',
    'a voice signature that is marked as new is a normal greeting',
    {
      bulkUpdate: {
        updated: (object, update, authorized) => {
          const updated = bulkUpdate.updated(object, update, authorized)
          return update.operation === 'RemoveFlag' && updated.attributes.has('x-cns-greeting-type')
            ? {
                ...updated,
                attributes: new Map([...updated.attributes, ['x-cns-greeting-type', GREETING_TYPES.normal]]),
              }
            : updated
        },
      },
    },
  ),
  walkFault(
    'MSTORE-FLAG-31/marks-the-newest-voicemail',
    'a greeting that becomes inactive makes the newest voicemail new',
    alsoChanging(['clear-flag'], ['cleared'], ({ mailbox }) =>
      objectsIn(mailbox, 'voicemails')
        .slice(-1)
        .map((object) => storing(mailbox, { ...object, seen: false })),
    ),
  ),
  walkFault(
    'MSTORE-UPLOAD-48/makes-namesakes-new',
    'a greeting with the subject of another makes that one new',
    {
      uploads: {
        stored: (object, authorized) => [
          ...objectsIn(authorized.mailbox, object.folder)
            .filter(
              (other) =>
                other.attributes.get('subject') === object.attributes.get('subject') &&
                other.attributes.has('subject'),
            )
            .map((other) => ({ ...other, seen: false })),
          ...uploads.stored(object, authorized),
        ],
      },
    },
  ),
  walkFault(
    'MSTORE-PROFILE-27/empties-the-inbox-when-switched-off',
    'switching visual voicemail off deletes the voicemails',
    alsoChanging(['write-profile'], ['written'], ({ decision, mailbox }) =>
      decision.changes.some((change) => change.kind === 'profile-stored' && !isActive(change.profile))
        ? objectsIn(mailbox, 'voicemails').map((object) => removing(mailbox, object))
        : [],
    ),
  ),
]
