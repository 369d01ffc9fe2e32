import { isObject } from './members.ts'

/** The one error of the mStore spec, for whatever is malformed (mStore spec, Endpoints). */
const NETWORK_ERROR = 'MSTORE_RLY-MST_NWKERR'

/** The body of that error. */
export const NETWORK_ERROR_BODY = { error: NETWORK_ERROR } as const

/** Whether a body is that error and nothing more (MSTORE-ERROR-02, MSTORE-ERROR-03). */
export function isNetworkError(body: unknown): boolean {
  return isObject(body) && body['error'] === NETWORK_ERROR && Object.keys(body).length === 1
}
