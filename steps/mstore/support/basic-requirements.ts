import type { WireRequest } from '#driver/wire-request.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { NEW_PIN } from '#protocol/mstore/profile.ts'

/** The requirement that an operation succeeds when everything about the request is right. */
const basic: Readonly<Record<string, (request: WireRequest, status: number | null) => string>> = {
  'GET /vvmserviceProfile': () => 'MSTORE-PROFILE-01',
  'PUT /vvmserviceProfile': (request) =>
    holds(request, `"${NEW_PIN}"`) ? 'MSTORE-PIN-01' : 'MSTORE-PROFILE-16',
  'GET /folders/{folder_id}': ({ target }) =>
    target.includes(FOLDERS.voicemails.id) ? 'MSTORE-FOLDER-01' : 'MSTORE-FOLDER-02',
  'GET /objects/{object_path}': () => 'MSTORE-OBJECT-01',
  'PUT /objects/{object_path}/flags/{flag}': () => 'MSTORE-FLAG-09',
  'DELETE /objects/{object_path}/flags/{flag}': () => 'MSTORE-FLAG-10',
  'POST /objects/operations/search': searchRequirement,
  'POST /objects/operations/bulkUpdate': (request) =>
    holds(request, '"RemoveFlag"') ? 'MSTORE-BULKUPDATE-02' : 'MSTORE-BULKUPDATE-01',
  'DELETE /objects/operations/bulkDelete': () => 'MSTORE-BULKDELETE-01',
  'GET /objects/{payload_path}': () => 'MSTORE-PAYLOAD-01',
  'POST /objects': () => 'MSTORE-UPLOAD-01',
}

/**
 * What is violated when a request that a scenario only needs on its way does not succeed, so that one
 * deviation is not attributed to every requirement whose scenarios pass by it. `status` is what it got.
 */
export function basicRequirement(request: WireRequest, status: number | null = null): string {
  const requirement = basic[request.operation]
  if (requirement === undefined) throw new Error(`${request.operation}: no basic requirement is known for it`)
  return requirement(request, status)
}

/** The requirement that there is such an operation; null of a request that is none of the mStore's. */
export function operationRequirement(request: WireRequest): string | null {
  return basic[request.operation]?.(request, null) ?? null
}

/** The requirements that say what an answer is, where that is another than the basic one. */
const forms: Readonly<Record<string, string>> = {
  'POST /objects/operations/bulkUpdate': 'MSTORE-BULKUPDATE-03',
  'DELETE /objects/operations/bulkDelete': 'MSTORE-BULKDELETE-03',
}

/** What is violated when a request is granted and its answer is not of the kind that it must be. */
export function formRequirement(request: WireRequest): string {
  return forms[request.operation] ?? basicRequirement(request)
}

const NOT_FOUND = 404

/** A search that finds nothing is none that fails; one of the deployed client's page size is to be taken. */
function searchRequirement(request: WireRequest, status: number | null): string {
  if (status === NOT_FOUND) return 'MSTORE-SEARCH-13'
  return holds(request, '"maxEntries":100,') ? 'MSTORE-SEARCH-24' : 'MSTORE-SEARCH-01'
}

function holds({ body }: WireRequest, text: string): boolean {
  return fromUtf8(body ?? new Uint8Array())?.includes(text) ?? false
}
