import type { Turn } from '../../shared/support/session.ts'

const UNAUTHORIZED = 401
/** The status of a registration id that is not the device's. */
const STALE = 410

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

/** Requests that a requirement is about which every ordinary one of the kind would share: where, or how, it was refused. */
const ABOUT_ALL: Readonly<Record<string, (operation: string, status: number | null) => boolean>> = {
  'RELAY-VERIFY-02': (operation) => operation.includes('/code/'),
  'RELAY-VERIFY-03': (_, status) => status === UNAUTHORIZED,
  'RELAY-VERIFY-19': (_, status) => status === STALE,
  'RELAY-VERIFY-25': (operation) => operation.includes('/keys/'),
  'RELAY-PREKEY-20': (operation) => operation.includes('/keys/'),
  'RELAY-MESSAGE-25': (operation) => operation.includes('/messages/'),
  'RELAY-ENCODING-15': (operation) => operation.includes('{transport}'),
}

/** The operation to try where that request was refused in a scenario about `requirement`; null where none would show anything. */
export function ordinaryOperation(
  { request: { operation, target }, observed: { status } }: Turn,
  requirement: string,
): OrdinaryOperation | null {
  if (ABOUT_ALL[requirement]?.(operation, status) === true) return null
  if (operation.includes('{transport}'))
    return { name: `ask for a code by ${target.includes('/voice/') ? 'voice' : 'sms'}` }
  const name = ORDINARY[operation]
  return OTHERWISE[requirement] ?? (name === undefined ? null : { name })
}
