import type { RelayRequest } from './requests.ts'

/** How requests are read off HTTP, before anything is known of them. */
export interface RequestReadingRules {
  readonly read: (request: RelayRequest) => RelayRequest
}

/** How the relay spec has requests read. */
export const documentedRequestReading: RequestReadingRules = {
  // RELAY-AUTH-15, RELAY-ENCODING-22: each by itself, however it is written
  read: (request) => request,
}
