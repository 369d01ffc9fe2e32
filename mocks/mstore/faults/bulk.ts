import { isBulkOperation, readBulkDelete, readBulkUpdate } from '#protocol/mstore/bulk-requests.ts'
import { shownFailure } from '#protocol/mstore/bulk-results.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import type { BulkTarget } from '../bulk.ts'
import type { BulkUpdateRules } from '../bulk-update.ts'
import { jsonContent } from '../decisions.ts'
import type { Mailbox, StoredObject } from '../mailbox.ts'
import { documentedObjects } from '../objects.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { documented } from '../rulebook.ts'
import {
  allSucceed,
  bareList,
  exceptions,
  failingAs,
  failsTwice,
  items,
  namesAnother,
  stopsAtFailures,
  type BulkPatch,
} from './bulk-items.ts'
import { deployedFault, fault, type MStoreFault } from './fault.ts'

const { bulkUpdate, bulkDelete, payloads } = documented

const unwrapped: BulkPatch = { content: (list) => jsonContent(list) }
const asObject: BulkPatch = { wrapped: (list) => ({ NWK_RSP: list }) }
const asBareArray: BulkPatch = {
  wrapped: (list) => ({
    NWK_RSP: JSON.stringify(membersOf(membersOf(list)['bulkResponseList'])['response']),
  }),
}
const codesAsNumbers = items(({ code }) => ({ code: Number(code) }))
const withoutVariables = exceptions(() => ({ variables: undefined }))

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
      updated: (object, update) =>
        update.operation === 'AddFlag' ? object : bulkUpdate.updated(object, update),
    },
  }),
  fault('MSTORE-BULKUPDATE-02/adds-always', 'RemoveFlag sets the flag', {
    bulkUpdate: { updated: doing(() => 'AddFlag') },
  }),
  fault('MSTORE-BULKUPDATE-02/changes-nothing', 'RemoveFlag succeeds and changes nothing', {
    bulkUpdate: {
      updated: (object, update) =>
        update.operation === 'AddFlag' ? bulkUpdate.updated(object, update) : object,
    },
  }),
  fault('MSTORE-BULKUPDATE-03/answers-a-bare-list', 'there is no bulkResponseList', { bulkUpdate: bareList }),
  fault('MSTORE-BULKUPDATE-03/answers-nothing', 'the answer has no body', {
    bulkUpdate: { content: () => ({ kind: 'none' }) },
  }),
  fault('MSTORE-BULKUPDATE-04/answers-numbers', 'code is a JSON number', { bulkUpdate: codesAsNumbers }),
  fault('MSTORE-BULKUPDATE-04/leaves-out-the-url', 'a success names no object', {
    bulkUpdate: items(({ success }) => (success === undefined ? {} : { success: {} })),
  }),
  fault('MSTORE-BULKUPDATE-04/leaves-out-the-reason', 'items have no reason', {
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
  fault('MSTORE-BULKUPDATE-06/writes-another-error', 'a failure reads 404 Not Found', {
    bulkUpdate: failingAs({ code: '404', reason: 'Not Found' }),
  }),
  fault('MSTORE-BULKUPDATE-06/writes-another-message', 'messageId of a failure is SVC0004', {
    bulkUpdate: exceptions(() => ({ messageId: 'SVC0004', text: 'No valid addresses' })),
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
  deployedFault('MSTORE-BULKUPDATE-13/answers-200', 'a mixture answers 200 and the plain list', {
    status: { 'bulk-update': { mixed: 200 } },
    bulkUpdate: unwrapped,
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
      updated: (object, update) =>
        isBulkOperation(update.operation) ? bulkUpdate.updated(object, update) : object,
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
  fault('MSTORE-BULKUPDATE-22/names-another-object', 'a failure names a URL that nobody asked for', {
    bulkUpdate: namesAnother,
  }),
]

/** Faults in deleting in bulk. */
export const BULK_DELETE_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-BULKDELETE-01/keeps-objects', 'a deletion succeeds and nothing goes', {
    bulkDelete: { removed: () => [] },
  }),
  fault('MSTORE-BULKDELETE-01/ignores-the-body', 'the body of a DELETE is not read', {
    bulkDelete: { read: () => ({ kind: 'bulk-delete', urls: [] }), objection: () => null },
  }),
  fault('MSTORE-BULKDELETE-02/stops-at-a-failure', 'what comes behind a failure is not tried', {
    bulkDelete: stopsAtFailures,
  }),
  fault('MSTORE-BULKDELETE-02/rolls-back', 'nothing goes where one object fails', {
    bulkDelete: { removed: (targets) => (targets.some(isFailing) ? [] : objectsOf(targets)) },
  }),
  fault('MSTORE-BULKDELETE-03/answers-204', 'a deletion answers 204 without a body', {
    status: { 'bulk-delete': { done: 204 } },
    bulkDelete: {
      content: (list, kind, wrapped) =>
        kind === 'done' ? { kind: 'none' } : bulkDelete.content(list, kind, wrapped),
    },
  }),
  fault('MSTORE-BULKDELETE-03/answers-a-bare-list', 'there is no bulkResponseList', { bulkDelete: bareList }),
  fault('MSTORE-BULKDELETE-03/leaves-out-the-variables', 'a failure has no variables', {
    bulkDelete: withoutVariables,
  }),
  fault('MSTORE-BULKDELETE-04/fails-twice', 'an object named twice is a success and a failure', {
    bulkDelete: failsTwice,
  }),
  fault('MSTORE-BULKDELETE-04/answers-each-mention', 'an object named twice has two results', {
    bulkDelete: { distinct: (targets) => targets },
  }),
  fault('MSTORE-BULKDELETE-06/answers-plainly', 'a failing status carries the list without NWK_RSP', {
    bulkDelete: unwrapped,
  }),
  fault('MSTORE-BULKDELETE-06/answers-an-object', 'NWK_RSP is a JSON object', { bulkDelete: asObject }),
  fault('MSTORE-BULKDELETE-08/gives-up', 'nothing goes where a path is none', {
    bulkDelete: {
      removed: (targets) => (targets.some(({ isAddressable }) => !isAddressable) ? [] : objectsOf(targets)),
    },
  }),
  fault('MSTORE-BULKDELETE-09/empties-the-folder', 'every object of the folder goes', {
    bulkDelete: { removed: wholeFolders },
  }),
  fault('MSTORE-BULKDELETE-10/deletes-again', 'deleting what is not there is a success', {
    bulkDelete: allSucceed,
  }),
  fault('MSTORE-BULKDELETE-12/empties-the-mailbox', 'an empty list means every object', {
    bulkDelete: {
      objection: () => null,
      removed: (targets, mailbox) =>
        targets.length === 0 ? [...mailbox.objects.values()] : objectsOf(targets),
    },
  }),
  fault(
    'MSTORE-BULKDELETE-12/empties-the-mailbox-without-a-list',
    'a body without a list means every object',
    {
      bulkDelete: {
        read: (body) => {
          const read = readBulkDelete(body)
          return read.kind === 'fault' ? { kind: 'bulk-delete', urls: [] } : read
        },
        objection: () => null,
        removed: (targets, mailbox) =>
          targets.length === 0 ? [...mailbox.objects.values()] : objectsOf(targets),
      },
    },
  ),
  fault('MSTORE-BULKDELETE-13/keeps-greetings', 'greetings are not deleted', {
    bulkDelete: { removed: (targets) => objectsOf(targets).filter(({ folder }) => folder === 'voicemails') },
  }),
  fault(
    'MSTORE-BULKDELETE-13/keeps-to-one-folder',
    'objects of another folder than the first are not deleted',
    {
      bulkDelete: {
        removed: (targets) =>
          objectsOf(targets).filter(({ folder }, _index, [first]) => folder === first?.folder),
      },
    },
  ),
  fault('MSTORE-BULKDELETE-14/keeps-the-payload', 'the audio of a deleted object is still served', {
    payloads: { find: (path, mailbox) => payloads.find(path, mailbox) ?? ghost(path, mailbox) },
  }),
]

function doing(change: (operation: string) => string): BulkUpdateRules['updated'] {
  return (object, update) => bulkUpdate.updated(object, { ...update, operation: change(update.operation) })
}

function objectsOf(targets: readonly BulkTarget[]): readonly StoredObject[] {
  return targets.flatMap(({ object }) => object ?? [])
}

function isFailing({ object }: BulkTarget): boolean {
  return object === null
}

function unlessFailing(targets: readonly BulkTarget[]): readonly StoredObject[] {
  return targets.some(isFailing) ? [] : objectsOf(targets)
}

function unlessUnaddressable(targets: readonly BulkTarget[]): readonly StoredObject[] {
  return targets.some(({ isAddressable }) => !isAddressable) ? [] : objectsOf(targets)
}

function wholeFolders(targets: readonly BulkTarget[], { objects }: Mailbox): readonly StoredObject[] {
  const folders = objectsOf(targets).map(({ folder }) => folder)
  return [...objects.values()].filter(({ folder }) => folders.includes(folder))
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

function clearingAll(...[object, update]: Parameters<BulkUpdateRules['updated']>): StoredObject {
  return update.flags.length === 0
    ? { ...object, seen: false, kept: false, greetingOn: false }
    : bulkUpdate.updated(object, update)
}

/** An object that was there once, with the audio of another. */
function ghost(path: string, mailbox: Mailbox): StoredObject | undefined {
  const [, id = '', number = ''] = /^([0-9a-f-]{36})%3A(\d+)$/i.exec(path) ?? []
  const folder = Object.values(FOLDERS).find((each) => each.id === id)
  if (folder === undefined || Number(number) >= mailbox.nextNumbers[folder.name]) return undefined
  return (
    documentedObjects.find([...mailbox.objects.keys()][0] ?? '', mailbox) ??
    emptied(folder.name, Number(number))
  )
}

function emptied(folder: StoredObject['folder'], number: number): StoredObject {
  return {
    ...{ folder, number, attributes: new Map(), dateMs: 0, expiresMs: null, audio: new Uint8Array(6) },
    ...{ fileName: 'audio.amr', boundary: 'boundary', seen: false, kept: false, greetingOn: false },
  }
}
