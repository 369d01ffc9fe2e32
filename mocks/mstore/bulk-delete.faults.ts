import { readBulkDelete } from '#protocol/mstore/bulk-requests.ts'
import { deletedObject } from './deleted-objects.faults.ts'
import { documented } from './rulebook.ts'
import {
  answersFew,
  asObject,
  bareList,
  byBeginning,
  failsTwice,
  isFailing,
  objectsOf,
  reachesOthers,
  stopsAtFailures,
  takesForeignForOwn,
  triesFew,
  triesHundred,
  wholeFolders,
  withoutVariables,
} from './bulk-patches.ts'
import { readsCutJson, refusing } from './bodies.faults.ts'
import { quotaOf } from './folders.ts'
import { fault, type MStoreFault } from './fault.ts'

const { bulkDelete, payloads } = documented

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
  fault('MSTORE-BULKDELETE-06/answers-an-object', 'NWK_RSP is a JSON object', { bulkDelete: asObject }),
  fault('MSTORE-BULKDELETE-08/gives-up', 'nothing goes where a path is none', {
    bulkDelete: {
      removed: (targets) => (targets.some(({ isAddressable }) => !isAddressable) ? [] : objectsOf(targets)),
    },
  }),
  fault('MSTORE-BULKDELETE-09/empties-the-folder', 'every object of the folder goes', {
    bulkDelete: { removed: wholeFolders },
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
          return read.kind === 'parse-error' ? { kind: 'bulk-delete', urls: [] } : read
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
  fault(
    'MSTORE-BULKDELETE-16/takes-it-for-its-own',
    'an object of another mailbox is the own one of that path',
    {
      bulkDelete: takesForeignForOwn,
    },
  ),
  fault('MSTORE-BULKDELETE-16/reaches-others', 'objects of another mailbox are deleted there', {
    bulkDelete: reachesOthers,
  }),
  fault('MSTORE-BULKDELETE-17/tries-a-hundred', 'of a list the first hundred objects are deleted', {
    bulkDelete: triesHundred,
  }),
  fault('MSTORE-BULKDELETE-17/tries-ten', 'of a long list ten objects are deleted', { bulkDelete: triesFew }),
  fault('MSTORE-BULKDELETE-17/answers-ten', 'of a long list ten objects have results', {
    bulkDelete: answersFew,
  }),
  fault('MSTORE-BULKDELETE-09/goes-by-the-beginning', 'with object 1 go those from 10 to 19', {
    bulkDelete: { removed: byBeginning },
  }),
  fault(
    'MSTORE-BULKDELETE-18/reads-what-came',
    'a body that ends too early is read all the same',
    readsCutJson,
  ),
  fault('MSTORE-BULKDELETE-19/knows-no-escapes', 'a body with escaped slashes is refused', refusing(/\\\//)),
  fault('MSTORE-BULKDELETE-20/keeps-the-place', 'a greeting that was deleted still counts for the quota', {
    uploads: {
      isOverQuota: (object, authorized) =>
        authorized.mailbox.nextNumbers.greetings > quotaOf(authorized.mailbox, 'GreetingsQuota') ||
        documented.uploads.isOverQuota(object, authorized),
    },
  }),
  fault('MSTORE-BULKDELETE-14/keeps-the-payload', 'the audio of a deleted object is still served', {
    payloads: { find: (path, mailbox) => payloads.find(path, mailbox) ?? deletedObject(path, mailbox) },
  }),
]
