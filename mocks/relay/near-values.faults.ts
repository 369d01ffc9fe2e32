import { alsoTaking } from './other-passwords.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { confirmation, directory, messages } = documented

const BYTE = 256
const ENDS = 6

/** Faults by which a value is compared in a part of it, or after a calculation that gives two values one result. */
export const NEAR_VALUE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-VERIFY-05/compares-the-digits-in-any-order',
    'a code with the digits of the right one in another order confirms',
    {
      confirmation: {
        matches: (given, number, pendingCodes) =>
          inOrder(given) === inOrder(pendingCodes.get(number) ?? '') ||
          confirmation.matches(given, number, pendingCodes),
      },
    },
  ),
  walkFault(
    'RELAY-VERIFY-05/compares-the-last-four-digits',
    'of a code the last four digits are compared for a number that has an account',
    {
      confirmation: {
        matches: (given, number, pendingCodes) =>
          (/^\d{6}$/.test(given) && pendingCodes.get(number)?.slice(2) === given.slice(2)) ||
          confirmation.matches(given, number, pendingCodes),
      },
    },
  ),
  walkFault(
    'RELAY-AUTH-14/compares-both-ends',
    'of a password of a device other than the first the first and the last six characters are compared',
    alsoTaking(({ device, given }) => device.id > 1 && ends(device.password) === ends(given)),
  ),
  walkFault(
    'RELAY-MESSAGE-08/takes-device-ids-modulo-256',
    'a message for device 257 counts as one for device 1, and no device gets it',
    {
      messages: {
        compareDevices: (judged) =>
          messages.compareDevices({
            ...judged,
            messages: judged.messages.map((message) => ({ ...message, deviceId: message.deviceId % BYTE })),
          }),
      },
    },
  ),
  walkFault(
    'RELAY-DIRECTORY-03/compares-both-ends',
    'of a token the first and the last six characters are compared',
    {
      directory: {
        find: (token, scene) => {
          const known = [...scene.state.numbersByToken.keys()].find((each) => ends(each) === ends(token))
          const contact = directory.find(known ?? token, scene)
          return contact && { ...contact, token }
        },
      },
    },
  ),
]

function inOrder(text: string): string {
  return Array.from(text).toSorted().join('')
}

function ends(text: string): string {
  return `${text.slice(0, ENDS)} ${text.slice(-ENDS)}`
}
