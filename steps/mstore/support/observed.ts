import type { Call } from '#driver/mstore/client.ts'
import type { Observed } from '../../shared/support/session.ts'

/** What a call got. */
export interface MStoreObserved extends Observed {
  /** Both legs; null where the request was one leg by itself. */
  readonly call: Call | null
}

const LEAST_SUCCESS = 200
const MOST_SUCCESS = 299

/** Whether a status says that the request succeeded: the mStore spec gives none exactly (E-27). */
export function isSuccess(status: number | null): boolean {
  return status !== null && status >= LEAST_SUCCESS && status <= MOST_SUCCESS
}
