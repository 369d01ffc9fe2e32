import { isBulkOperation } from '#protocol/mstore/bulk-requests.ts'
import { mailboxPath } from '#protocol/mstore/urls.ts'
import { failingAs, exceptions, items, unwrapped, type BulkPatch } from './bulk-patches.ts'
import { jsonContent } from './decisions.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { bulkDelete, bulkUpdate, urls } = documented

const BOTH = ['MSTORE-BULKDELETE']
const MAY_WRAP = '"in certain error scenarios, the server may return HTTP 5xx": in others it need not'
const EXAMPLE = 'the specification prints the words of a result in an example only'
const SOMETIMES = '"the server may sometimes respond" so'

/** Bulk requests that are answered otherwise, and right. */
export const BULK_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-BULKUPDATE-13/answers-200',
    summary: 'a mixture of results answers 200 and the plain list',
    open: MAY_WRAP,
    areas: [...BOTH, 'MSTORE-URL'],
    patch: ofBoth(unwrapped, { mixed: 200 }),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-13/answers-207',
    summary: 'a mixture of results answers 207 and the plain list',
    open: MAY_WRAP,
    areas: [...BOTH, 'MSTORE-URL'],
    patch: ofBoth(unwrapped, { mixed: 207 }),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-11/wraps-failures',
    summary: 'failures alone answer 503 and the list in NWK_RSP, in lines and with blanks',
    open: '"in certain error scenarios": the specification does not say in which',
    areas: BOTH,
    patch: ofBoth(
      {
        wrapped: (list) => ({ NWK_RSP: JSON.stringify(list, null, 2) }),
        content: (list, kind, wrapped) => jsonContent(kind === 'done' ? list : wrapped(list)),
      },
      { mixed: 503, failed: 503 },
    ),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-11/answers-the-network-error',
    summary: 'a mixture of results answers 503 and the network error',
    open: SOMETIMES,
    scenarios: [
      'MSTORE-BULKUPDATE-11',
      'MSTORE-BULKUPDATE-15',
      'MSTORE-BULKDELETE-06',
      'MSTORE-BULKDELETE-08',
    ],
    alone: true,
    patch: ofBoth(
      {
        content: (list, kind) => (kind === 'mixed' ? { kind: 'network-error' } : jsonContent(list)),
      },
      { mixed: 503 },
    ),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-11/answers-500-plainly',
    summary: 'a mixture of results answers 500 and the plain list',
    open: 'the specification gives no status for the plain list, and "may return" a status with NWK_RSP',
    areas: [...BOTH, 'MSTORE-URL'],
    patch: ofBoth(unwrapped),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-01/answers-202',
    summary: 'a bulk request answers 202 and the results',
    open: 'the specification gives no status for a request that succeeds',
    areas: BOTH,
    patch: ofBoth({}, { done: 202 }),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-06/writes-another-error',
    summary: 'a failure reads 404 Not Found',
    open: EXAMPLE,
    areas: BOTH,
    patch: ofBoth(failingAs({ code: '404', reason: 'Not Found' })),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-06/writes-another-message',
    summary: 'a failure says SVC0004, No valid addresses',
    open: EXAMPLE,
    areas: BOTH,
    patch: ofBoth(exceptions(() => ({ messageId: 'SVC0004', text: 'No valid addresses' }))),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-04/writes-another-success',
    summary: 'a success reads 204 No Content',
    open: EXAMPLE,
    areas: BOTH,
    patch: ofBoth(
      items(({ success }) => (success === undefined ? {} : { code: '204', reason: 'No Content' })),
    ),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-07/has-null-members',
    summary: 'a success has a failure that is null, a failure a success that is null, and both a member more',
    open: 'a member that is null is one that is not there; further members are not forbidden',
    areas: BOTH,
    patch: ofBoth(items(({ success = null, failure = null }) => ({ etag: '"1"', success, failure }))),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-04/names-its-own-host',
    summary: 'results name objects by URLs at another host than the client knows',
    open: 'the specification prints the host of production; which of its names a server uses is not said',
    areas: BOTH,
    patch: { urls: { result: (place) => urls.result({ ...place, origin: 'https://wsg.example' }) } },
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-04/decodes-the-number',
    summary: 'results name objects by URLs in which the number is not escaped',
    open: 'the specification prints <MSISDN URI> in bodies and does not say how it is escaped there',
    areas: BOTH,
    patch: { urls: { result: (place) => urls.result({ ...place, path: decodedNumber(place.path) }) } },
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-19/keeps-the-order',
    summary: 'results come in the order of the request',
    open: 'the order of the results is arbitrary',
    scenarios: ['MSTORE-BULKUPDATE-19', 'MSTORE-BULKUPDATE-09'],
    patch: ofBoth({ order: (results) => results }),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-14/never-hides-results',
    summary: 'a path that no object has is a failure like others',
    open: SOMETIMES,
    scenarios: ['MSTORE-BULKUPDATE-14', 'MSTORE-BULKUPDATE-15', 'MSTORE-BULKDELETE-08'],
    patch: ofBoth({ hidesResults: () => false }),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-14/always-hides-results',
    summary: 'a path that no object has always hides the results',
    open: SOMETIMES,
    scenarios: ['MSTORE-BULKUPDATE-14', 'MSTORE-BULKUPDATE-15', 'MSTORE-BULKDELETE-08'],
    patch: ofBoth({ hidesResults: () => true }, { unaddressable: 500 }),
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-16/reads-operations-in-any-case',
    summary: 'an operation is understood whatever its case',
    open: 'the specification has two known operations, and does not say that there are no others',
    scenarios: ['MSTORE-BULKUPDATE-16'],
    patch: {
      bulkUpdate: {
        objection: (update) => bulkUpdate.objection({ ...update, operation: spelled(update.operation) }),
        updated: (object, update, authorized) =>
          bulkUpdate.updated(object, { ...update, operation: spelled(update.operation) }, authorized),
      },
    },
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-01/refuses-long-lists',
    summary: 'a bulk request of more than 120 objects is refused as a whole',
    open: 'nothing says how many objects a request may name',
    areas: BOTH,
    patch: {
      bulkUpdate: { objection: (update) => tooMany(update) ?? bulkUpdate.objection(update) },
      bulkDelete: { objection: (deletion) => tooMany(deletion) ?? bulkDelete.objection(deletion) },
    },
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-17/takes-empty-lists',
    summary: 'a request without objects or without flags succeeds and does nothing',
    open: 'the specification does not say what an empty list is answered',
    scenarios: ['MSTORE-BULKUPDATE-17'],
    patch: { bulkUpdate: { objection: ({ operation }) => (isBulkOperation(operation) ? null : operation) } },
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-17/answers-422',
    summary: 'a malformed bulk request answers 422',
    open: 'a malformed request "will likely" be answered 400',
    scenarios: ['MSTORE-BULKUPDATE-16', 'MSTORE-BULKUPDATE-17', 'MSTORE-BULKDELETE-12'],
    patch: ofBoth({}, { malformed: 422 }),
  }),
  variant({
    id: 'MSTORE-BULKDELETE-10/deletes-again',
    summary: 'deleting what is not there is a success',
    open: 'the specification does not say what deleting an object answers that is not there',
    areas: BOTH,
    patch: { bulkDelete: { result: ({ url }) => ({ kind: 'success', code: '200', reason: 'OK', url }) } },
  }),
  variant({
    id: 'MSTORE-BULKDELETE-12/takes-an-empty-list',
    summary: 'a deletion of no object succeeds',
    open: 'the specification does not say what an empty list is answered',
    scenarios: ['MSTORE-BULKDELETE-12'],
    patch: { bulkDelete: { objection: () => null } },
  }),
  variant({
    id: 'MSTORE-BULKDELETE-14/answers-410',
    summary: 'objects and audio that are not there answer 410',
    open: 'the specification gives no status for an object that is not there',
    scenarios: ['MSTORE-BULKDELETE-01', 'MSTORE-BULKDELETE-14'],
    patch: {
      status: {
        'read-object': { 'unknown-object': 410 },
        'read-payload': { 'unknown-object': 410, 'unknown-payload': 410 },
      },
    },
  }),
]

type BulkStatus = 'done' | 'mixed' | 'failed' | 'unaddressable' | 'malformed'

/** The same patch of both bulk operations, with other statuses of both. */
export function ofBoth(patch: BulkPatch, status: Partial<Readonly<Record<BulkStatus, number>>> = {}) {
  return {
    bulkUpdate: patch,
    bulkDelete: patch,
    status: { 'bulk-update': status, 'bulk-delete': status },
  }
}

const MOST_OBJECTS = 120

function tooMany({ urls: { length } }: { readonly urls: readonly string[] }): string | null {
  return length > MOST_OBJECTS ? `objectReference: expected at most ${MOST_OBJECTS}, got ${length}` : null
}

const SPELLINGS = ['AddFlag', 'RemoveFlag']

function spelled(operation: string): string {
  return SPELLINGS.find((known) => known.toLowerCase() === operation.toLowerCase()) ?? operation
}

/** A path behind the proxy with its number as `tel:+1…`. */
function decodedNumber(path: string): string {
  const [, digits = ''] = /\/tel%3A%2B(\d+)/i.exec(path) ?? []
  return path.replace(mailboxPath(`+${digits}`), `/oemclient/nms/v1/ums/tel:+${digits}`)
}
