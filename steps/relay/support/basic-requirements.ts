import type { WireRequest } from '#driver/wire-request.ts'

/** The requirement that an operation succeeds when everything about the request is right. */
const basic: Readonly<Record<string, string>> = {
  'PUT /v1/accounts/code/{code}': 'RELAY-VERIFY-01',
  'PUT /v1/accounts/apn/': 'RELAY-PUSHID-01',
  'PUT /v1/accounts/gcm/': 'RELAY-PUSHID-02',
  'DELETE /v1/accounts/apn/': 'RELAY-PUSHID-08',
  'DELETE /v1/accounts/gcm/': 'RELAY-PUSHID-09',
  'PUT /v1/keys/': 'RELAY-KEYS-01',
  'PUT /v1/directory/tokens': 'RELAY-DIRECTORY-01',
  'GET /v1/keys/{number}/{device_id}': 'RELAY-PREKEY-01',
  'PUT /v1/messages/{destination_number}': 'RELAY-MESSAGE-01',
  'GET /v1/attachments/': 'RELAY-ATTACHMENT-01',
  'GET /v1/attachments/{attachment_id}': 'RELAY-ATTACHMENT-08',
  'PUT {attachment_url}': 'RELAY-ATTACHMENT-07',
  'GET {attachment_url}': 'RELAY-ATTACHMENT-11',
}

/** That right credentials are accepted. A confirmation has none yet: it makes them. */
const RIGHT_CREDENTIALS = 'RELAY-AUTH-01'
/** That blobs are had without any. */
const NO_CREDENTIALS = 'RELAY-ATTACHMENT-13'
const UNAUTHORIZED = 401
/** That a registration id which is right passes: the suite sends no other in passing. */
const FRESH = 'RELAY-MESSAGE-17'
const STALE = 410

/**
 * What is violated when a request that a scenario only needs on its way does not succeed, so that one
 * deviation is not attributed to every requirement whose scenarios pass by it. `status` is what it got.
 */
export function basicRequirement({ operation, target }: WireRequest, status: number | null): string {
  if (status === UNAUTHORIZED && operation.includes('{attachment_url}')) return NO_CREDENTIALS
  if (status === UNAUTHORIZED && !operation.includes('/code/')) return RIGHT_CREDENTIALS
  if (status === STALE && operation.startsWith('PUT /v1/messages/')) return FRESH
  const requirement = operationRequirement({ operation, target })
  if (requirement === null) throw new Error(`${operation}: no basic requirement is known for it`)
  return requirement
}

/** The requirement that there is such an operation; null of a request that is none of the relay's. */
export function operationRequirement({
  operation,
  target,
}: Pick<WireRequest, 'operation' | 'target'>): string | null {
  if (operation.includes('{transport}')) return target.includes('/voice/') ? 'RELAY-CODE-02' : 'RELAY-CODE-01'
  return basic[operation] ?? null
}
