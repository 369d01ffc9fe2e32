import type { WireRequest } from '#driver/wire-request.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'

/** By the operation of the request that was refused, those that show whether an ordinary request is granted: the first makes ready for the rest. */
const ORDINARY: Readonly<Record<string, readonly string[]>> = {
  'GET /vvmserviceProfile': ['read the profile'],
  'PUT /vvmserviceProfile': ['write the profile'],
  'GET /objects/{object_path}': ['read an object'],
  'PUT /objects/{object_path}/flags/{flag}': ['set a flag'],
  'DELETE /objects/{object_path}/flags/{flag}': ['set a flag', 'clear a flag'],
  'POST /objects/operations/search': ['search'],
  'POST /objects/operations/bulkUpdate': ['update in bulk'],
  'DELETE /objects/operations/bulkDelete': ['delete in bulk'],
  'GET /objects/{payload_path}': ['download audio'],
  'POST /objects': ['upload a greeting'],
}

/**
 * About what every ordinary request has, or every one of its kind: the form of its connection, its challenge, its
 * address, its query, its type.
 */
const ABOUT_ALL: ReadonlySet<string> = new Set([
  'MSTORE-TRANSPORT-10',
  'MSTORE-TRANSPORT-12',
  'MSTORE-AUTH-01',
  'MSTORE-AUTH-03',
  'MSTORE-AUTH-11',
  'MSTORE-FOLDER-06',
  'MSTORE-FLAG-28',
  'MSTORE-SEARCH-24',
  'MSTORE-URL-01',
  'MSTORE-URL-02',
  'MSTORE-URL-05',
])

/** The operations to try where that request was refused in a scenario about `requirement`; none where they would show nothing. */
export function ordinaryOperations(
  { operation, target }: WireRequest,
  requirement: string,
): readonly string[] {
  if (ABOUT_ALL.has(requirement)) return []
  if (operation !== 'GET /folders/{folder_id}') return ORDINARY[operation] ?? []
  return [target.includes(FOLDERS.greetings.id) ? 'read the greetings folder' : 'read the voicemails folder']
}
