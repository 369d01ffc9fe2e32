import type { WireRequest } from '#driver/wire-request.ts'

/** An operation that shows whether an ordinary request is granted; with `relay`, one that names a node. */
export interface OrdinaryOperation {
  readonly name: string
  readonly relay?: string
}

/** By the operation of the request that was refused. Each can be made ready for a party of its own. */
const ORDINARY: Readonly<Record<string, string>> = {
  'PUT /v1/accounts/code/{code}': 'confirm a number',
  'PUT /v1/accounts/apn/': 'set an apn id',
  'PUT /v1/accounts/gcm/': 'set a gcm id',
  'DELETE /v1/accounts/apn/': 'clear an apn id',
  'DELETE /v1/accounts/gcm/': 'clear a gcm id',
  'PUT /v1/keys/': 'store prekeys',
  'PUT /v1/directory/tokens': 'query the directory',
  'GET /v1/keys/{number}/{device_id}': 'fetch a prekey',
  'PUT /v1/messages/{destination_number}': 'send a message',
  'GET /v1/attachments/': 'allocate an attachment',
  'GET /v1/attachments/{attachment_id}': 'retrieve an attachment',
}

/** Where a requirement is about the ordinary form itself, another form shows whether that alone is refused. */
const OTHERWISE: Readonly<Record<string, OrdinaryOperation>> = {
  'RELAY-MESSAGE-20': { name: 'send a message with a padded body' },
  'RELAY-MESSAGE-30': { name: 'send a message to the peer', relay: 'PEER' },
}

/** About what every ordinary request has: its path, its credentials and ids, its number, its timestamp. */
const ABOUT_ALL: ReadonlySet<string> = new Set([
  'RELAY-VERIFY-02',
  'RELAY-VERIFY-03',
  'RELAY-VERIFY-19',
  'RELAY-VERIFY-25',
  'RELAY-PREKEY-20',
  'RELAY-MESSAGE-25',
  'RELAY-ENCODING-15',
])

/** The operation to try where that request was refused in a scenario about `requirement`; null where none would show anything. */
export function ordinaryOperation(
  { operation, target }: WireRequest,
  requirement: string,
): OrdinaryOperation | null {
  if (ABOUT_ALL.has(requirement)) return null
  if (operation.includes('{transport}'))
    return { name: `ask for a code by ${target.includes('/voice/') ? 'voice' : 'sms'}` }
  const name = ORDINARY[operation]
  return OTHERWISE[requirement] ?? (name === undefined ? null : { name })
}
