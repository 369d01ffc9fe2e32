import { isBulkOperation, readBulkUpdate } from '#protocol/mstore/bulk-requests.ts'
import { shownFailure } from '#protocol/mstore/bulk-results.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import type { BulkTarget } from './bulk.ts'
import type { BulkUpdateRules } from './bulk-update.ts'
import type { StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import {
  allSucceed,
  answersFew,
  asObject,
  bareList,
  exceptions,
  failingAs,
  isFailing,
  items,
  namesAnother,
  objectsOf,
  reachesOthers,
  stopsAtFailures,
  takesForeignForOwn,
  triesFew,
  triesHundred,
  wholeFolders,
  withoutVariables,
  type BulkPatch,
} from './bulk-patches.ts'
import { readsCutJson, refusing } from './bodies.faults.ts'
import { datedAnew } from './dates.faults.ts'
import { deletedObject } from './deleted-objects.faults.ts'
import { stamped, storedSince } from './overlaps.faults.ts'
import { fault, faultRows, type MStoreFault } from './fault.ts'

const { bulkUpdate } = documented

/** An attribute that is never shown, by which a fault remembers that a flag was cleared. */
const WAS_CLEARED = 'x-was-cleared'

const asBareArray: BulkPatch = {
  wrapped: (list) => ({
    NWK_RSP: JSON.stringify(membersOf(membersOf(list)['bulkResponseList'])['response']),
  }),
}
const codesAsNumbers = items(({ code }) => ({ code: Number(code) }))

/** Faults in changing flags in bulk. */
export const BULK_UPDATE_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-BULKUPDATE-01/swaps-the-operations', 'AddFlag clears, RemoveFlag sets', {
    bulkUpdate: { updated: doing((operation) => (operation === 'AddFlag' ? 'RemoveFlag' : 'AddFlag')) },
  }),
  fault('MSTORE-BULKUPDATE-01/changes-the-first-alone', 'only the first object of the list is changed', {
    bulkUpdate: { changed: (targets, mailbox) => bulkUpdate.changed(targets, mailbox).slice(0, 1) },
  }),
  fault('MSTORE-BULKUPDATE-01/changes-nothing', 'AddFlag succeeds and changes nothing', {
    bulkUpdate: {
      updated: (object, update, authorized) =>
        update.operation === 'AddFlag' ? object : bulkUpdate.updated(object, update, authorized),
    },
  }),
  fault('MSTORE-BULKUPDATE-02/adds-always', 'RemoveFlag sets the flag', {
    bulkUpdate: { updated: doing(() => 'AddFlag') },
  }),
  fault('MSTORE-BULKUPDATE-02/changes-nothing', 'RemoveFlag succeeds and changes nothing', {
    bulkUpdate: {
      updated: (object, update, authorized) =>
        update.operation === 'AddFlag' ? bulkUpdate.updated(object, update, authorized) : object,
    },
  }),
  fault('MSTORE-BULKUPDATE-03/answers-a-bare-list', 'there is no bulkResponseList', { bulkUpdate: bareList }),
  fault('MSTORE-BULKUPDATE-03/answers-nothing', 'the answer has no body', {
    bulkUpdate: { content: () => ({ kind: 'none' }) },
  }),
  fault('MSTORE-BULKUPDATE-04/succeeds-with-404', 'a success has the code 404', {
    bulkUpdate: items(({ code, success }) => ({ code: success === undefined ? code : '404' })),
  }),
  fault('MSTORE-BULKUPDATE-26/answers-numbers', 'code is a JSON number', { bulkUpdate: codesAsNumbers }),
  fault('MSTORE-BULKUPDATE-04/leaves-out-the-url', 'a success names no object', {
    bulkUpdate: items(({ success }) => (success === undefined ? {} : { success: {} })),
  }),
  fault('MSTORE-BULKUPDATE-26/leaves-out-the-reason', 'items have no reason', {
    bulkUpdate: items(() => ({ reason: undefined })),
  }),
  fault('MSTORE-BULKUPDATE-05/reports-success', 'an object that is not there is a success', {
    bulkUpdate: allSucceed,
  }),
  fault('MSTORE-BULKUPDATE-05/leaves-out-the-variables', 'a failure has no variables', {
    bulkUpdate: withoutVariables,
  }),
  fault('MSTORE-BULKUPDATE-05/fails-with-200', 'a failure has the code 200', {
    bulkUpdate: failingAs({ code: '200' }),
  }),
  fault('MSTORE-BULKUPDATE-06/leaves-out-the-message', 'a failure has no messageId and no text', {
    bulkUpdate: exceptions(() => ({ messageId: undefined, text: undefined })),
  }),
  fault('MSTORE-BULKUPDATE-07/answers-both', 'a failure is a success too', {
    bulkUpdate: items((item, { url }) =>
      item['failure'] === undefined ? {} : { success: { resourceURL: url } },
    ),
  }),
  fault('MSTORE-BULKUPDATE-08/stops-at-a-failure', 'what comes behind a failure is not tried', {
    bulkUpdate: stopsAtFailures,
  }),
  fault('MSTORE-BULKUPDATE-08/rolls-back', 'nothing is changed where one object fails', {
    bulkUpdate: { changed: unlessFailing },
  }),
  fault('MSTORE-BULKUPDATE-09/answers-each-mention', 'an object named twice has two results', {
    bulkUpdate: { distinct: (targets) => targets },
  }),
  fault('MSTORE-BULKUPDATE-11/answers-an-object', 'NWK_RSP is a JSON object', { bulkUpdate: asObject }),
  fault('MSTORE-BULKUPDATE-11/answers-a-bare-list', 'NWK_RSP holds the list alone', {
    bulkUpdate: asBareArray,
  }),
  fault('MSTORE-BULKUPDATE-15/gives-up', 'nothing is changed where a path is none', {
    bulkUpdate: { changed: unlessUnaddressable },
  }),
  fault('MSTORE-BULKUPDATE-16/adds-for-anything', 'an unknown operation is AddFlag', {
    bulkUpdate: {
      objection: (update) => bulkUpdate.objection({ ...update, operation: 'AddFlag' }),
      updated: doing((operation) => (isBulkOperation(operation) ? operation : 'AddFlag')),
    },
  }),
  fault('MSTORE-BULKUPDATE-16/does-nothing-gladly', 'an unknown operation succeeds and changes nothing', {
    bulkUpdate: {
      objection: (update) => bulkUpdate.objection({ ...update, operation: 'AddFlag' }),
      updated: (object, update, authorized) =>
        isBulkOperation(update.operation) ? bulkUpdate.updated(object, update, authorized) : object,
    },
  }),
  fault('MSTORE-BULKUPDATE-17/clears-all-without-flags', 'without flags every flag is cleared', {
    bulkUpdate: { ...withoutFlags([]), updated: clearingAll },
  }),
  fault('MSTORE-BULKUPDATE-17/means-seen-without-flags', 'without flags \\Seen is meant', {
    bulkUpdate: withoutFlags([SEEN]),
  }),
  fault('MSTORE-BULKUPDATE-18/fails-again', 'AddFlag on an object that was seen is a failure', {
    bulkUpdate: {
      result: (target, update) =>
        target.object?.seen === true && update.operation === 'AddFlag'
          ? shownFailure(target.url)
          : bulkUpdate.result(target, update),
    },
  }),
  fault(
    'MSTORE-BULKUPDATE-18/fails-to-clear-again',
    'RemoveFlag on an object that was not seen is a failure',
    {
      bulkUpdate: {
        result: (target, update) =>
          target.object?.seen === false && update.operation === 'RemoveFlag'
            ? shownFailure(target.url)
            : bulkUpdate.result(target, update),
      },
    },
  ),
  fault('MSTORE-BULKUPDATE-19/leaves-out-failures', 'failures have no results', {
    bulkUpdate: { order: (results) => results.filter(({ kind }) => kind === 'success') },
  }),
  fault('MSTORE-BULKUPDATE-19/leaves-out-the-last', 'the last object has no result', {
    bulkUpdate: { order: (results) => results.slice(0, Math.max(1, results.length - 1)) },
  }),
  fault('MSTORE-BULKUPDATE-20/changes-the-folder', 'every object of the folder is changed', {
    bulkUpdate: { changed: wholeFolders },
  }),
  fault('MSTORE-BULKUPDATE-01/sets-it-once', 'a flag that was cleared cannot be set again', {
    bulkUpdate: { updated: onceCleared },
  }),
  fault(
    'MSTORE-BULKUPDATE-27/takes-it-for-its-own',
    'an object of another mailbox is the own one of that path',
    {
      bulkUpdate: takesForeignForOwn,
    },
  ),
  fault('MSTORE-BULKUPDATE-27/reaches-others', 'objects of another mailbox are changed there', {
    bulkUpdate: reachesOthers,
  }),
  fault(
    'MSTORE-BULKUPDATE-28/reads-what-came',
    'a body that ends too early is read all the same',
    readsCutJson,
  ),
  fault('MSTORE-BULKUPDATE-29/leaves-out-greetings', 'greetings are answered as changed and are not', {
    bulkUpdate: { changed: (targets) => objectsOf(targets).filter(({ folder }) => folder === 'voicemails') },
  }),
  fault(
    'MSTORE-BULKUPDATE-29/keeps-to-one-folder',
    'objects of another folder than the first are not changed',
    {
      bulkUpdate: {
        changed: (targets) =>
          objectsOf(targets).filter(({ folder }, _index, [first]) => folder === first?.folder),
      },
    },
  ),
  fault('MSTORE-BULKUPDATE-30/tries-a-hundred', 'of a list the first hundred objects are changed', {
    bulkUpdate: triesHundred,
  }),
  fault('MSTORE-BULKUPDATE-30/tries-ten', 'of a long list ten objects are changed', { bulkUpdate: triesFew }),
  fault('MSTORE-BULKUPDATE-30/answers-ten', 'of a long list ten objects have results', {
    bulkUpdate: answersFew,
  }),
  fault('MSTORE-BULKUPDATE-31/loses-one', 'of two requests at once one changes nothing', {
    bulkUpdate: {
      updated: (object, update, authorized) =>
        storedSince(authorized).length > 0
          ? object
          : {
              ...bulkUpdate.updated(object, update, authorized),
              attributes: stamped(object.attributes, authorized),
            },
    },
  }),
  fault('MSTORE-BULKUPDATE-32/brings-it-back', 'a voicemail that was deleted comes back when it is marked', {
    bulkUpdate: {
      changed: (targets, mailbox) =>
        targets.flatMap(({ object, key }) => object ?? deletedObject(key.split(' ')[1] ?? '', mailbox) ?? []),
    },
  }),
  fault('MSTORE-BULKUPDATE-33/dates-it-anew', 'a change of flags changes the date of the object', {
    bulkUpdate: {
      updated: (object, update, authorized) =>
        bulkUpdate.updated(datedAnew(object, authorized), update, authorized),
    },
  }),
  ...faultRows(refusing, [
    ['MSTORE-BULKUPDATE-34/knows-no-escapes', 'a body with \\u escapes is refused', /\\u/],
    ['MSTORE-BULKUPDATE-34/wants-one-line', 'a body of several lines is refused', /\n/],
    [
      'MSTORE-BULKUPDATE-34/wants-an-order',
      'a body is refused whose flags stand before its objects',
      /"flags".*"objects"/s,
    ],
  ]),
  fault('MSTORE-BULKUPDATE-22/names-another-object', 'a failure names a URL that was not in the request', {
    bulkUpdate: namesAnother,
  }),
]

function doing(change: (operation: string) => string): BulkUpdateRules['updated'] {
  return (object, update, authorized) =>
    bulkUpdate.updated(object, { ...update, operation: change(update.operation) }, authorized)
}

/** The object changed as asked, but never seen again once its flag was cleared. */
function onceCleared(...[object, update, authorized]: Parameters<BulkUpdateRules['updated']>): StoredObject {
  const isCleared = update.operation === 'RemoveFlag' && object.seen
  const attributes = isCleared ? new Map([...object.attributes, [WAS_CLEARED, 'true']]) : object.attributes
  const updated = bulkUpdate.updated(object, update, authorized)
  return { ...updated, attributes, seen: updated.seen && (object.seen || !attributes.has(WAS_CLEARED)) }
}

function unlessFailing(targets: readonly BulkTarget[]): readonly StoredObject[] {
  return targets.some(isFailing) ? [] : objectsOf(targets)
}

function unlessUnaddressable(targets: readonly BulkTarget[]): readonly StoredObject[] {
  return targets.some(({ isAddressable }) => !isAddressable) ? [] : objectsOf(targets)
}

/** Reads a request without flags as one with those. */
function withoutFlags(flags: readonly string[]): Pick<BulkUpdateRules, 'read' | 'objection'> {
  return {
    read: (body) => {
      const { bulkUpdate: members } = membersOf(body)
      return readBulkUpdate({ bulkUpdate: { flags: { flag: flags }, ...membersOf(members) } })
    },
    objection: (update) => bulkUpdate.objection({ ...update, flags: [SEEN] }),
  }
}

function clearingAll(...[object, update, authorized]: Parameters<BulkUpdateRules['updated']>): StoredObject {
  return update.flags.length === 0
    ? { ...object, seen: false, kept: false, greetingOn: false }
    : bulkUpdate.updated(object, update, authorized)
}
