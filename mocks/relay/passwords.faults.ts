import { fault, type RelayFault } from './fault.ts'
import { alsoTaking, alsoTakingFor, ofAnyAccount, ofAnyDevice } from './other-passwords.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'

const { confirmation } = documented

/** Faults in keeping and comparing passwords. */
export const PASSWORD_FAULTS: readonly RelayFault[] = [
  fault(
    'RELAY-VERIFY-23/cuts-at-a-colon',
    'a password is stored up to its colon',
    storing((password) => password.split(':')[0] ?? ''),
  ),
  fault(
    'RELAY-VERIFY-23/trims-on-store',
    'a password is stored without the blanks around it',
    storing((password) => password.trim()),
  ),
  fault(
    'RELAY-VERIFY-23/unescapes-backslashes',
    'a backslash in a password is not stored',
    storing((password) => password.replaceAll('\\', '')),
  ),
  fault(
    'RELAY-VERIFY-23/decodes-percents',
    'a password is stored as though it stood in a URL',
    storing((password) =>
      password.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    ),
  ),
  fault(
    'RELAY-VERIFY-23/strips-quotes',
    'a password is stored without the quotation mark that it begins with',
    storing((password) => password.replace(/^"/, '')),
  ),
  fault(
    'RELAY-VERIFY-23/compares-numbers',
    'passwords of digits are compared as numbers',
    alsoTaking(({ device, given }) => Number(device.password) === Number(given)),
  ),
  fault(
    'RELAY-AUTH-14/compares-a-beginning-for-messages',
    'what follows the password is not looked at where messages are sent',
    alsoTakingFor('submit-messages', ({ device, given }) => given.startsWith(device.password)),
  ),
  fault(
    'RELAY-AUTH-14/takes-half-for-uploads',
    'the first half of the password is enough to store prekeys',
    alsoTakingFor('upload-prekeys', ({ device, given }) => device.password.startsWith(given)),
  ),
  fault(
    'RELAY-AUTH-14/ignores-case-for-push-ids',
    'passwords have no case where push ids are set',
    alsoTaking(
      ({ device, given }) => device.password.toLowerCase() === given.toLowerCase(),
      (operation) => operation === 'set-gcm-id' || operation === 'set-apn-id',
    ),
  ),
  fault(
    'RELAY-AUTH-14/takes-half-for-retrievals',
    'the first half of the password is enough to retrieve an attachment',
    alsoTakingFor('retrieve-attachment', ({ device, given }) => device.password.startsWith(given)),
  ),
  ...(
    [
      ['messages', 'submit-messages'],
      ['fetches', 'fetch-prekeys'],
      ['push-ids', 'set-gcm-id'],
    ] as const
  ).map(([name, operation]) =>
    fault(
      `RELAY-AUTH-03/takes-the-password-of-others-for-${name}`,
      `${operation} takes the password of any account`,
      alsoTakingFor(
        operation,
        ofAnyAccount((number, own) => number !== own),
      ),
    ),
  ),
  fault(
    'RELAY-AUTH-10/takes-the-password-of-any-device-for-messages',
    'messages are sent with the password of any device',
    alsoTakingFor('submit-messages', ofAnyDevice),
  ),
  fault(
    'RELAY-AUTH-10/takes-the-first-password-for-uploads',
    'the password of the first device stores the prekeys of every device',
    alsoTakingFor('upload-prekeys', ({ account, given }) => account.devices.get(1)?.password === given),
  ),
]

/** Passwords are stored otherwise than they were given. */
function storing(kept: (password: string) => string): RelayRulebookPatch {
  return {
    confirmation: {
      account: (registration, previous) =>
        confirmation.account({ ...registration, password: kept(registration.password) }, previous),
    },
  }
}
