import { settling, storing } from './also-changing.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { MStoreDecision } from './outcomes.ts'
import type { MStoreOperation } from './operations.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { fault, type MStoreFault } from './fault.ts'

const { expiry } = documented

const DAY_MS = 86_400_000

/** An attribute that is never shown: until when a change lasts, in ms. */
const UNTIL = 'x-until'

/** The outcomes by which something was changed. */
const GRANTED: readonly MStoreDecision['outcome']['kind'][] = ['set', 'cleared', 'done', 'mixed', 'written']

/** Faults by which a change does not last. */
export const LAPSE_FAULTS: readonly MStoreFault[] = [
  fault(
    'MSTORE-FLAG-09/lasts-a-day',
    'a greeting that is made active is inactive the next day',
    marking(['set-flag'], (object) => ({ ...object, greetingOn: false })),
  ),
  fault(
    'MSTORE-FLAG-10/lasts-a-day',
    'a greeting that is made inactive is active the next day',
    marking(['clear-flag'], (object) => ({ ...object, greetingOn: true })),
  ),
  fault(
    'MSTORE-BULKUPDATE-01/lasts-a-day',
    'what is marked as seen is new the next day',
    marking(['bulk-update'], (object) => ({ ...object, seen: false })),
  ),
  fault('MSTORE-BULKDELETE-01/lasts-a-day', 'what is deleted is back the next day', {
    ...changing(['bulk-delete'], (change, mailbox, until) => {
      const object = change.kind === 'object-removed' ? mailbox.objects.get(change.path) : undefined
      return object === undefined ? change : storing(mailbox, dated(object, until))
    }),
    expiry: {
      aged: (mailbox, nowMs) => ({
        ...mailbox,
        objects: new Map([...mailbox.objects].filter(([, object]) => untilOf(object) <= nowMs)),
      }),
    },
  }),
  fault('MSTORE-PROFILE-19/lasts-a-day', 'visual voicemail is off again the day after it is switched on', {
    ...changing(['write-profile'], (change, _, until) =>
      change.kind === 'profile-stored'
        ? { ...change, profile: new Map([...change.profile, [UNTIL, String(until)]]) }
        : change,
    ),
    expiry: {
      aged: ({ subscriber, ...mailbox }, nowMs) => {
        const { [UNTIL]: until, ...kept } = Object.fromEntries(subscriber.profile)
        const isOver = until !== undefined && Number(until) <= nowMs
        const profile = new Map(Object.entries(isOver ? { ...kept, vvmon: 'false' } : kept))
        return { ...mailbox, subscriber: { ...subscriber, profile } }
      },
    },
  }),
  fault('MSTORE-UPLOAD-50/expires-as-voicemails-do', 'a greeting is gone after 91 days', {
    uploads: {
      stored: (object, { world, mailbox: { subscriber } }) => [
        { ...object, expiresMs: object.expiresMs ?? world.nowMs(subscriber.msisdn) + expiry.voicemailMs },
      ],
    },
  }),
]

/** What such requests make of objects is what `lapsed` makes of them once a day has passed. */
function marking(
  operations: readonly MStoreOperation[],
  lapsed: (object: StoredObject) => StoredObject,
): MStorePatch {
  return {
    ...changing(operations, (change, _, until) =>
      change.kind === 'object-stored' ? { ...change, object: dated(change.object, until) } : change,
    ),
    expiry: {
      aged: (mailbox, nowMs) => ({
        ...mailbox,
        objects: new Map(
          [...mailbox.objects].map(([path, object]) => [
            path,
            object.attributes.has(UNTIL) && untilOf(object) <= nowMs ? lapsed(object) : object,
          ]),
        ),
      }),
    },
  }
}

/** Such requests change what they change otherwise, where they are granted. */
function changing(
  operations: readonly MStoreOperation[],
  change: (change: MStoreStateChange, mailbox: StoredMailbox, until: number) => MStoreStateChange,
): MStorePatch {
  return settling(operations, GRANTED, ({ decision, mailbox, scene }) => {
    const until = scene.world.nowMs(mailbox.subscriber.msisdn) + DAY_MS
    return { ...decision, changes: decision.changes.map((each) => change(each, mailbox, until)) }
  })
}

function dated(object: StoredObject, until: number): StoredObject {
  return { ...object, attributes: new Map([...object.attributes, [UNTIL, String(until)]]) }
}

function untilOf({ attributes }: StoredObject): number {
  return Number(attributes.get(UNTIL) ?? 0)
}
