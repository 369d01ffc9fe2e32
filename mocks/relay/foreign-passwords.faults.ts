import { fault, type RelayFault } from './fault.ts'
import { alsoTakingFor, ofAnyDevice, type TakesPassword } from './other-passwords.ts'
import type { RelayOperation } from './outcomes.ts'

/** The operations on push ids, contacts and attachments: what each is called, and which rows their 401 stands in. */
const OPERATIONS: readonly {
  readonly operation: RelayOperation
  readonly what: string
  readonly anothers: string
  readonly otherDevice: string
}[] = [
  { operation: 'set-apn-id', what: 'set-an-apn-id', anothers: 'PUSHID-03', otherDevice: 'PUSHID-24' },
  { operation: 'set-gcm-id', what: 'set-a-gcm-id', anothers: 'PUSHID-04', otherDevice: 'PUSHID-24' },
  { operation: 'remove-apn-id', what: 'clear-an-apn-id', anothers: 'PUSHID-10', otherDevice: 'PUSHID-24' },
  { operation: 'remove-gcm-id', what: 'clear-a-gcm-id', anothers: 'PUSHID-10', otherDevice: 'PUSHID-24' },
  {
    operation: 'query-directory',
    what: 'ask-for-contacts',
    anothers: 'DIRECTORY-07',
    otherDevice: 'DIRECTORY-21',
  },
  {
    operation: 'allocate-attachment',
    what: 'allocate',
    anothers: 'ATTACHMENT-05',
    otherDevice: 'ATTACHMENT-25',
  },
  {
    operation: 'retrieve-attachment',
    what: 'retrieve',
    anothers: 'ATTACHMENT-09',
    otherDevice: 'ATTACHMENT-25',
  },
]

/** The password of the first device of any account. */
const ofAnyFirstDevice: TakesPassword = ({ given }, { state }) =>
  [...state.accounts.values()].some(({ devices }) => devices.get(1)?.password === given)

/** Faults of one operation that takes a password which is not the caller's. */
export const FOREIGN_PASSWORD_FAULTS: readonly RelayFault[] = OPERATIONS.flatMap(
  ({ operation, what, anothers, otherDevice }) => [
    fault(
      `RELAY-${anothers}/lets-any-account-${what}`,
      `the password of any account will do to ${what.replaceAll('-', ' ')}`,
      alsoTakingFor(operation, ofAnyFirstDevice),
    ),
    fault(
      `RELAY-${otherDevice}/lets-any-device-${what}`,
      `the password of any device of the number will do to ${what.replaceAll('-', ' ')}`,
      alsoTakingFor(operation, ofAnyDevice),
    ),
  ],
)
