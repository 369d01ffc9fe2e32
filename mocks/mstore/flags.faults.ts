import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { shownSuccess } from '#protocol/mstore/bulk-results.ts'
import type { BulkUpdateRules } from './bulk-update.ts'
import { withFlag, type FlagRules } from './flags.ts'
import type { StoredObject } from './mailbox.ts'
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
      changed: (object, change, mailbox) => (change.on ? [] : flags.changed(object, change, mailbox)),
    },
  }),
  fault('MSTORE-FLAG-10/clears-nothing', 'clearing the flag succeeds and changes nothing', {
    flags: {
      changed: (object, change, mailbox) => (change.on ? flags.changed(object, change, mailbox) : []),
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
      updated: (object, { operation, flags: names }) =>
        bulkUpdate.updated(object, {
          urls: [],
          operation,
          flags: names.filter((name) => name !== GREETING_ON),
        }),
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
    changed: (object, change, mailbox) =>
      isMeant(change) ? [withFlag(object, change)] : flags.changed(object, change, mailbox),
  }
}

/** The rules of a bulkUpdate that can also do `operation` with `flag`. */
function changingInBulk(flag: string, operation: string): MStorePatch {
  const isChangeable: BulkUpdateRules['isChangeable'] = (each, update) =>
    (each === flag && update.operation === operation) || bulkUpdate.isChangeable(each, update)
  return { bulkUpdate: { isChangeable } }
}

function deactivating(isOther: (other: StoredObject, object: StoredObject) => boolean): FlagRules['changed'] {
  return (object, change, mailbox) => [
    ...[...mailbox.objects.values()]
      .filter((other) => change.on && other.greetingOn && other !== object && isOther(other, object))
      .map((other) => ({ ...other, greetingOn: false })),
    ...flags.changed(object, change, mailbox),
  ]
}

function remembering(...parameters: Parameters<BulkUpdateRules['updated']>): StoredObject {
  const [object, { operation }] = parameters
  const attributes = new Map([...object.attributes, [WAS_SEEN, operation]])
  return { ...bulkUpdate.updated(...parameters), attributes }
}
