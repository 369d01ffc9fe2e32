import type { WireRequest } from '#driver/wire-request.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'

/** By the operation of the request that was refused, the one that shows whether an ordinary request is granted. */
const ORDINARY: Readonly<Record<string, string>> = {
  'GET /vvmserviceProfile': 'read the profile',
  'PUT /vvmserviceProfile': 'write the profile',
  'GET /objects/{object_path}': 'read an object',
  'PUT /objects/{object_path}/flags/{flag}': 'set a flag',
  'DELETE /objects/{object_path}/flags/{flag}': 'clear a flag',
  'POST /objects/operations/search': 'search',
  'POST /objects/operations/bulkUpdate': 'update in bulk',
  'DELETE /objects/operations/bulkDelete': 'delete in bulk',
  'GET /objects/{payload_path}': 'download audio',
  'POST /objects': 'upload a greeting',
}

/** The operation to try where that request was refused; null where none is known. */
export function ordinaryOperation({ operation, target }: WireRequest): string | null {
  if (operation !== 'GET /folders/{folder_id}') return ORDINARY[operation] ?? null
  return target.includes(FOLDERS.greetings.id) ? 'read the greetings folder' : 'read the voicemails folder'
}
