import type { Addressed } from './message-set.ts'
import { alsoTaking } from './other-passwords.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { attachments, codes, confirmation, directory, messages } = documented

/** Stands before a pending code that was read out in a call. */
const READ_OUT = 'v'
const DIGITS = '0123456789'

/** Faults by which something is taken that is nearly, and not quite, the right one. */
export const RESEMBLANCE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-VERIFY-05/compares-the-beginning-of-a-code-read-out',
    'of a code that was read out in a call all but the last digit is compared',
    {
      codes: {
        issue: (issued, scene) =>
          codes
            .issue(issued, scene)
            .map((change) =>
              change.kind === 'code-pending' && issued.transport === 'voice'
                ? { ...change, code: `${READ_OUT}${change.code}` }
                : change,
            ),
      },
      confirmation: {
        matches: (given, number, pendingCodes) => {
          const pending = pendingCodes.get(number) ?? ''
          if (!pending.startsWith(READ_OUT)) return confirmation.matches(given, number, pendingCodes)
          return /^\d{6}$/.test(given) && pending.slice(1, -1) === given.slice(0, -1)
        },
      },
    },
  ),
  walkFault(
    'RELAY-AUTH-14/ignores-case-of-further-devices',
    'the password of a device other than the first is compared without case',
    alsoTaking(({ device, given }) => device.id > 1 && device.password.toLowerCase() === given.toLowerCase()),
  ),
  walkFault(
    'RELAY-AUTH-14/compares-the-beginning-for-further-devices',
    'the password of a device other than the first is compared in all but its last character',
    alsoTaking(
      ({ device, given }) =>
        device.id > 1 &&
        device.password.length === given.length &&
        device.password.slice(0, -1) === given.slice(0, -1),
    ),
  ),
  walkFault(
    'RELAY-AUTH-10/takes-the-second-device-for-the-third',
    'the password of the second device will do for the third',
    alsoTaking(({ account, device, given }) => device.id > 2 && account.devices.get(2)?.password === given),
  ),
  walkFault(
    'RELAY-MESSAGE-12/compares-the-beginning-of-the-registration-id',
    'a registration id with a digit more or less at its end is not stale',
    { messages: { findStale: staleUnless(isNearlySame) } },
  ),
  walkFault(
    'RELAY-MESSAGE-12/takes-the-registration-id-of-another-device',
    'the registration id of any device of the recipient is not stale',
    {
      messages: {
        findStale: staleUnless((given, _current, { recipient }) =>
          [...recipient.devices.values()].some(({ registrationId }) => registrationId === given),
        ),
      },
    },
  ),
  walkFault(
    'RELAY-DIRECTORY-03/looks-closely-at-the-first-token',
    'of the tokens behind the first all but the last character is compared',
    {
      directory: {
        matches: (tokens, scene) => {
          const known = [...scene.state.numbersByToken.keys()]
          const nearly = (token: string): string | undefined =>
            known.find((each) => each.slice(0, -1) === token.slice(0, -1))
          return tokens.flatMap((token, place) => {
            const meant = place === 0 ? token : (nearly(token) ?? token)
            const contact = directory.find(meant, scene)
            return contact === undefined ? [] : [{ ...contact, token }]
          })
        },
      },
    },
  ),
  walkFault(
    'RELAY-ATTACHMENT-03/finds-the-id-next-to-it',
    'an id that differs in its last digit from one that was given out is taken for that',
    {
      attachments: {
        find: (id, scene) =>
          attachments.find(id, scene) ??
          Array.from(DIGITS)
            .map((digit) => attachments.find(`${id.slice(0, -1)}${digit}`, scene))
            .find((attachment) => attachment !== undefined),
      },
    },
  ),
  walkFault(
    'RELAY-MESSAGE-08/takes-device-0-for-the-first',
    'a message for device 0 counts as one for device 1, and no device gets it',
    {
      messages: {
        compareDevices: (judged) =>
          messages.compareDevices({
            ...judged,
            messages: judged.messages.map((message) => ({ ...message, deviceId: message.deviceId || 1 })),
          }),
      },
    },
  ),
]

type IsCurrent = (given: number, current: number, addressed: Addressed) => boolean

/** Of the devices that are stale, those whose registration id is not taken for the current one all the same. */
function staleUnless(isCurrent: IsCurrent): typeof messages.findStale {
  return (addressed) =>
    messages.findStale({
      ...addressed,
      messages: addressed.messages.map((message) => {
        const current = addressed.recipient.devices.get(message.deviceId)?.registrationId
        const given = message.registrationId
        return given !== null && current !== undefined && isCurrent(given, current, addressed)
          ? { ...message, registrationId: current }
          : message
      }),
    })
}

function isNearlySame(given: number, current: number): boolean {
  const [less, more] = [String(given), String(current)].toSorted((one, other) => one.length - other.length)
  return less !== undefined && more?.slice(0, -1) === less
}
