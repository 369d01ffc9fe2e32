import { FOLDERS } from '#protocol/mstore/folders.ts'
import type { MStoreTurn } from './session.ts'

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

/** About what every ordinary request has before it is challenged: its connection, the challenge itself. */
const ABOUT_ALL: ReadonlySet<string> = new Set([
  'MSTORE-TRANSPORT-10',
  'MSTORE-AUTH-01',
  'MSTORE-AUTH-03',
  'MSTORE-AUTH-11',
])

/** The same of a request with credentials: its connections, its address. */
const ABOUT_ALL_WITH_CREDENTIALS: ReadonlySet<string> = new Set([
  'MSTORE-TRANSPORT-12',
  'MSTORE-URL-01',
  'MSTORE-URL-02',
  'MSTORE-URL-05',
])

/** The same of every request of its kind: its query, its type, the number in its addresses. */
const ABOUT_ITS_KIND: ReadonlySet<string> = new Set([
  'MSTORE-FOLDER-05',
  'MSTORE-FOLDER-06',
  'MSTORE-FLAG-28',
  'MSTORE-SEARCH-24',
  'MSTORE-URL-17',
])

/** Whether a requirement is about something that every request with credentials has. */
export function sharedByAll(requirement: string): boolean {
  return ABOUT_ALL.has(requirement) || ABOUT_ALL_WITH_CREDENTIALS.has(requirement)
}

/** The operations to try where that request was refused in a scenario about `requirement`; none where they would show nothing. */
export function ordinaryOperations(
  { request: { operation, target }, observed: { call } }: Pick<MStoreTurn, 'request' | 'observed'>,
  requirement: string,
): readonly string[] {
  const hadCredentials = call?.second != null
  if (ABOUT_ALL.has(requirement)) return []
  if (hadCredentials && (sharedByAll(requirement) || ABOUT_ITS_KIND.has(requirement))) return []
  if (operation !== 'GET /folders/{folder_id}') return ORDINARY[operation] ?? []
  return [target.includes(FOLDERS.greetings.id) ? 'read the greetings folder' : 'read the voicemails folder']
}
