import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { shownSuccess } from '#protocol/mstore/bulk-results.ts'
import type { BulkUpdateRules } from './bulk-update.ts'
import { datedAnew } from './dates.faults.ts'
import { deletedObject } from './deleted-objects.faults.ts'
import { withFlag, type FlagRules, type FlagSetting } from './flags.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { stamped, storedSince } from './overlaps.faults.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { deployedFault, fault, faultRows, type MStoreFault } from './fault.ts'

const { objects, flags, bulkUpdate, search, wire } = documented

/** An attribute that is never shown, by which a fault remembers that an object was seen once. */
const WAS_SEEN = 'x-was-seen'

/** Faults in flags and in the ways to change them. */
export const FLAG_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-FLAG-01/lists-neither', '\\Recent is never listed', {
    objects: { flags: (object) => objects.flags(object).filter((flag) => flag !== RECENT) },
  }),
  fault('MSTORE-FLAG-01/lists-both', 'every object lists \\Seen and \\Recent', {
    objects: { flags: (object) => [...new Set([SEEN, RECENT, ...objects.flags(object)])] },
  }),
  fault('MSTORE-FLAG-02/keeps-recent', '\\Recent stays when \\Seen is set', {
    objects: { flags: (object) => [...new Set([RECENT, ...objects.flags(object)])] },
  }),
  fault('MSTORE-FLAG-03/does-not-restore-recent', '\\Recent does not come back when \\Seen is cleared', {
    bulkUpdate: { updated: remembering },
    objects: {
      flags: (object) =>
        objects.flags(object).filter((flag) => flag !== RECENT || !object.attributes.has(WAS_SEEN)),
    },
  }),
  ...faultRows(changingInBulk, [
    ['MSTORE-FLAG-04/sets-recent-in-bulk', 'bulkUpdate sets \\Recent', RECENT, 'AddFlag'],
    ['MSTORE-FLAG-05/clears-recent-in-bulk', 'bulkUpdate clears \\Recent', RECENT, 'RemoveFlag'],
    ['MSTORE-FLAG-06/sets-the-mark-in-bulk', 'bulkUpdate sets $MarkNotToDelete', KEPT, 'AddFlag'],
    ['MSTORE-FLAG-07/clears-the-mark-in-bulk', 'bulkUpdate clears $MarkNotToDelete', KEPT, 'RemoveFlag'],
    ['MSTORE-FLAG-18/activates-in-bulk', 'bulkUpdate sets $CNS-Greeting-On', GREETING_ON, 'AddFlag'],
    ['MSTORE-FLAG-19/deactivates-in-bulk', 'bulkUpdate clears $CNS-Greeting-On', GREETING_ON, 'RemoveFlag'],
  ]),
  ...faultRows(changing, [
    ['MSTORE-FLAG-04/sets-recent', 'the flag endpoint sets \\Recent', RECENT, true],
    ['MSTORE-FLAG-05/clears-recent', 'the flag endpoint clears \\Recent', RECENT, false],
    ['MSTORE-FLAG-06/sets-the-mark', 'the flag endpoint sets $MarkNotToDelete', KEPT, true],
    ['MSTORE-FLAG-07/clears-the-mark', 'the flag endpoint clears $MarkNotToDelete', KEPT, false],
    ['MSTORE-FLAG-14/sets-seen', 'the flag endpoint sets \\Seen', SEEN, true],
    ['MSTORE-FLAG-15/clears-seen', 'the flag endpoint clears \\Seen', SEEN, false],
  ]),
  fault('MSTORE-FLAG-08/lets-marked-objects-expire', '$MarkNotToDelete does not keep a voicemail', {
    expiry: { isExpired: ({ expiresMs }, nowMs) => expiresMs !== null && expiresMs <= nowMs },
  }),
  fault('MSTORE-FLAG-29/lets-nothing-expire', 'no voicemail ever expires', {
    expiry: { isExpired: () => false },
  }),
  fault('MSTORE-FLAG-09/stores-nothing', 'setting the flag succeeds and changes nothing', {
    flags: {
      changed: (object, ...change) => (change[0].on ? [] : flags.changed(object, ...change)),
    },
  }),
  fault('MSTORE-FLAG-10/clears-nothing', 'clearing the flag succeeds and changes nothing', {
    flags: {
      changed: (object, ...change) => (change[0].on ? flags.changed(object, ...change) : []),
    },
  }),
  fault('MSTORE-FLAG-11/answers-409', 'setting the flag again answers 409', {
    status: { 'set-flag': { 'already-set': 409 } },
  }),
  fault('MSTORE-FLAG-11/toggles', 'setting the flag again clears it', {
    flags: { isAsWanted: () => false, changed: (object) => [{ ...object, greetingOn: !object.greetingOn }] },
  }),
  fault('MSTORE-FLAG-11/adds-it-twice', 'the flag is listed twice once it is set', {
    objects: {
      flags: (object) => [...objects.flags(object), ...(object.greetingOn ? [GREETING_ON] : [])],
    },
  }),
  fault('MSTORE-FLAG-12/answers-404', 'clearing a flag that is not set answers 404', {
    status: { 'clear-flag': { 'already-clear': 404 } },
  }),
  fault('MSTORE-FLAG-13/answers-a-body', 'setting a flag answers 200 and a body', {
    status: {
      'set-flag': { set: 200, 'already-set': 200 },
      'clear-flag': { cleared: 200, 'already-clear': 200 },
    },
    wire: {
      fallback: (outcome) =>
        outcome.operation === 'set-flag' || outcome.operation === 'clear-flag'
          ? { kind: 'json', value: {} }
          : wire.fallback(outcome),
    },
  }),
  fault('MSTORE-FLAG-14/answers-204', 'the flag endpoint answers 204 for \\Seen and sets nothing', {
    flags: { ...endpoint(SEEN, true), changed: () => [] },
  }),
  fault('MSTORE-FLAG-16/keeps-one-active', 'activating a greeting deactivates every other', {
    flags: { changed: deactivating(() => true) },
  }),
  fault(
    'MSTORE-FLAG-17/deactivates-later-ones',
    'activating a greeting deactivates those uploaded after it',
    {
      flags: { changed: deactivating((other, { number }) => other.number > number) },
    },
  ),
  fault('MSTORE-FLAG-18/reports-success', 'bulkUpdate of $CNS-Greeting-On on a voicemail reports success', {
    bulkUpdate: {
      isChangeable: (flag, update) => flag === GREETING_ON || bulkUpdate.isChangeable(flag, update),
      updated: (object, update, authorized) =>
        bulkUpdate.updated(
          object,
          { ...update, flags: update.flags.filter((name) => name !== GREETING_ON) },
          authorized,
        ),
      result: (target, update) =>
        target.object?.folder === 'voicemails' && update.flags.includes(GREETING_ON)
          ? shownSuccess(target.url)
          : bulkUpdate.result(target, update),
    },
  }),
  fault('MSTORE-FLAG-21/activates-voicemails', 'a voicemail can have $CNS-Greeting-On', {
    flags: { applies: () => true },
  }),
  fault('MSTORE-FLAG-22/answers-204', 'a flag of an object that is not there can be set', {
    status: { 'set-flag': { 'unknown-object': 204 }, 'clear-flag': { 'unknown-object': 204 } },
  }),
  fault('MSTORE-FLAG-27/searches-what-was', 'a search lists flags as they were at first', {
    search: {
      item: (object, authorized) => search.item({ ...object, seen: false, greetingOn: false }, authorized),
    },
  }),
  fault('MSTORE-FLAG-09/sets-it-once', 'a greeting that was made inactive cannot be made active again', {
    flags: { changed: (object, change) => [once(object, change)] },
  }),
  ...faultRows(alsoInBulk, [
    [
      'MSTORE-FLAG-31/forgets-the-mark',
      'bulkUpdate clears $MarkNotToDelete too',
      (object) => ({ ...object, kept: false }),
    ],
    [
      'MSTORE-FLAG-31/deactivates',
      'bulkUpdate clears $CNS-Greeting-On too',
      (object) => ({ ...object, greetingOn: false }),
    ],
    [
      'MSTORE-FLAG-31/activates',
      'AddFlag in bulk sets $CNS-Greeting-On of greetings too',
      (object, on) => ({ ...object, greetingOn: object.folder === 'greetings' && (on || object.greetingOn) }),
    ],
  ]),
  ...faultRows(alsoAtTheEndpoint, [
    [
      'MSTORE-FLAG-31/marks-as-seen',
      'setting $CNS-Greeting-On sets \\Seen',
      (object, on) => ({ ...object, seen: on || object.seen }),
    ],
    [
      'MSTORE-FLAG-31/marks-as-new',
      'clearing $CNS-Greeting-On clears \\Seen',
      (object, on) => ({ ...object, seen: on && object.seen }),
    ],
    [
      'MSTORE-FLAG-31/marks-active-ones-as-new',
      'setting $CNS-Greeting-On clears \\Seen',
      (object, on) => ({ ...object, seen: !on && object.seen }),
    ],
  ]),
  fault('MSTORE-FLAG-32/activates-all', 'setting the flag of a greeting sets it of every greeting', {
    flags: { changed: changingAll((change) => change.on) },
  }),
  fault('MSTORE-FLAG-32/deactivates-all', 'clearing the flag of a greeting clears it of every greeting', {
    flags: { changed: changingAll((change) => !change.on) },
  }),
  fault('MSTORE-FLAG-32/takes-the-latest', 'the flag of the latest greeting is changed, whichever is named', {
    flags: {
      changed: (object, change, authorized) =>
        flags.changed(greetingsIn(authorized).at(-1) ?? object, change, authorized),
      isAsWanted: () => false,
    },
  }),
  fault('MSTORE-FLAG-32/dates-it-anew', 'a change of the flag changes the date of the greeting', {
    flags: {
      changed: (object, change, authorized) =>
        flags.changed(datedAnew(object, authorized), change, authorized),
    },
  }),
  fault('MSTORE-FLAG-33/answers-204', 'a flag of a greeting that was deleted can be cleared', {
    flags: { meant: orDeleted((method) => method === 'DELETE') },
  }),
  fault('MSTORE-FLAG-33/brings-it-back', 'setting a flag of a greeting that was deleted brings it back', {
    flags: { meant: orDeleted((method) => method === 'PUT') },
  }),
  fault(
    'MSTORE-FLAG-34/loses-the-other',
    'of two greetings that are made active at once one stays inactive',
    {
      flags: {
        changed: (object, change, authorized) => [
          ...storedSince(authorized).map((other) => ({ ...other, greetingOn: !other.greetingOn })),
          { ...object, greetingOn: change.on, attributes: stamped(object.attributes, authorized) },
        ],
      },
    },
  ),
  fault('MSTORE-FLAG-28/wants-json', 'a flag is changed only with a JSON type', {
    flags: { takes: ({ contentType = '' }) => contentType.startsWith('application/json') },
  }),
  deployedFault('MSTORE-FLAG-30/wants-no-form', 'a flag is not changed with the type of a form', {
    flags: { takes: ({ contentType = '' }) => !contentType.startsWith('application/x-www-form-urlencoded') },
  }),
]

function changing(flag: string, on: boolean): MStorePatch {
  return { flags: endpoint(flag, on) }
}

/** The rules of an endpoint that can also change `flag` to `on`. */
function endpoint(flag: string, on: boolean): Partial<FlagRules> {
  const isMeant = (change: { readonly flag: string; readonly on: boolean }) =>
    change.flag === flag && change.on === on
  return {
    isChangeable: (change) => isMeant(change) || flags.isChangeable(change),
    applies: (object, change) => isMeant(change) || flags.applies(object, change),
    isAsWanted: (object, change) => !isMeant(change) && flags.isAsWanted(object, change),
    changed: (object, change, ...rest) =>
      isMeant(change) ? [withFlag(object, change)] : flags.changed(object, change, ...rest),
  }
}

/** The rules of a bulkUpdate that can also do `operation` with `flag`. */
function changingInBulk(flag: string, operation: string): MStorePatch {
  const isChangeable: BulkUpdateRules['isChangeable'] = (each, update) =>
    (each === flag && update.operation === operation) || bulkUpdate.isChangeable(each, update)
  return { bulkUpdate: { isChangeable } }
}

function deactivating(isOther: (other: StoredObject, object: StoredObject) => boolean): FlagRules['changed'] {
  return (object, change, authorized) => [
    ...[...authorized.mailbox.objects.values()]
      .filter((other) => change.on && other.greetingOn && other !== object && isOther(other, object))
      .map((other) => ({ ...other, greetingOn: false })),
    ...flags.changed(object, change, authorized),
  ]
}

/** The object with the flag as wanted, but never set again once it was cleared. */
function once(object: StoredObject, { on }: FlagSetting): StoredObject {
  const wasCleared = object.attributes.has(WAS_SEEN)
  const attributes = on ? object.attributes : new Map([...object.attributes, [WAS_SEEN, 'cleared']])
  return { ...object, attributes, greetingOn: on && !wasCleared }
}

type SideEffect = (object: StoredObject, on: boolean) => StoredObject

/** A bulkUpdate that does something else to each object besides. */
function alsoInBulk(effect: SideEffect): MStorePatch {
  return {
    bulkUpdate: {
      updated: (object, update, authorized) =>
        effect(bulkUpdate.updated(object, update, authorized), update.operation === 'AddFlag'),
    },
  }
}

/** A flag endpoint that does something else to the object besides. */
function alsoAtTheEndpoint(effect: SideEffect): MStorePatch {
  return {
    flags: {
      changed: (object, change, authorized) =>
        flags.changed(object, change, authorized).map((next) => effect(next, change.on)),
    },
  }
}

function changingAll(isMeant: (change: FlagSetting) => boolean): FlagRules['changed'] {
  return (object, change, authorized) =>
    (isMeant(change) ? greetingsIn(authorized) : [object]).map((each) => ({ ...each, greetingOn: change.on }))
}

function greetingsIn({ mailbox }: { readonly mailbox: StoredMailbox }): readonly StoredObject[] {
  return [...mailbox.objects.values()].filter(({ folder }) => folder === 'greetings')
}

function orDeleted(isMeant: (method: string) => boolean): FlagRules['meant'] {
  return (found, path, { mailbox, request }) =>
    found ?? (isMeant(request.method) ? deletedObject(path, mailbox) : undefined)
}

function remembering(...parameters: Parameters<BulkUpdateRules['updated']>): StoredObject {
  const [object, { operation }] = parameters
  const attributes = new Map([...object.attributes, [WAS_SEEN, operation]])
  return { ...bulkUpdate.updated(...parameters), attributes }
}
