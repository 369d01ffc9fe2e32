import type { BasicCredentials } from '#protocol/relay/credentials.ts'
import type { AccountAttributes } from './attributes.ts'
import type { RelayChange } from './changes.ts'
import type { ConfirmationStep } from './confirmation.ts'
import type { Account, Device } from './entities.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { fault, statusFaults, type RelayFault } from './fault.ts'

const { bodies, confirmation } = documented

/** The account is come to before the code is judged. */
const EARLY: readonly ConfirmationStep[] = [
  'credentials',
  'body',
  'limit',
  'beforehand',
  'code',
  'listing',
  'store',
  'use-code',
]

/** Faults in what a confirmation registers: keys, registration ids, passwords, and when. */
export const ATTRIBUTE_FAULTS: readonly RelayFault[] = [
  fault('RELAY-VERIFY-14/takes-the-mac-key-first', 'the signaling key is read as MAC key, then AES key', {
    pushes: { macKey: (key) => key.subarray(0, 20), cipherKey: (key) => key.subarray(20) },
  }),
  fault('RELAY-VERIFY-14/takes-32-bytes-for-the-mac-key', 'the MAC key is bytes 20 to 51', {
    pushes: { macKey: (key) => key.subarray(20) },
  }),
  fault('RELAY-VERIFY-15/needs-no-signaling-key', 'a body without signalingKey is taken', {
    confirmation: { attributes: { required: ['registrationId'], isSignalingKey: () => true } },
  }),
  fault('RELAY-VERIFY-15/takes-null', 'a signalingKey of null is taken', {
    bodies: { isMissing: (value) => value !== null && bodies.isMissing(value) },
    confirmation: { attributes: { isSignalingKey: () => true } },
  }),
  ...statusFaults('confirm-code', [
    ['RELAY-VERIFY-15/crashes', 'a body without signalingKey answers 500', 'incomplete-body', 500],
    ['RELAY-VERIFY-16/crashes', 'malformed JSON answers 500', 'malformed-body', 500],
  ]),
  fault('RELAY-VERIFY-16/takes-defaults', 'malformed JSON makes an account with defaults', {
    bodies: {
      parse: (bytes, operation) => {
        const read = bodies.parse(bytes, operation)
        return operation === 'confirm-code' && read.kind === 'parse-error'
          ? { kind: 'json', plain: DEFAULTS }
          : read
      },
    },
  }),
  fault(
    'RELAY-VERIFY-18/ignores-supports-sms',
    'supportsSms is never stored',
    storing({ supportsSms: false }),
  ),
  fault(
    'RELAY-VERIFY-18/fixes-supports-sms',
    'supportsSms is stored as true',
    storing({ supportsSms: true }),
  ),
  fault(
    'RELAY-VERIFY-19/keeps-twelve-bits',
    'the registrationId is kept modulo 4096',
    storingId((id) => id % 4096),
  ),
  fault(
    'RELAY-VERIFY-19/keeps-eight-bits',
    'the registrationId is kept modulo 256',
    storingId((id) => id % 256),
  ),
  fault(
    'RELAY-VERIFY-19/keeps-none',
    'the registrationId is kept as 0',
    storingId(() => 0),
  ),
  fault('RELAY-VERIFY-20/stores-text-as-text', 'a registrationId given as text is equal to no number', {
    confirmation: {
      attributes: {
        registrationId: (value, rules) => (typeof value === 'string' ? NaN : rules.integer(value)),
        isRegistrationId: (id) => Number.isNaN(id) || confirmation.attributes.isRegistrationId(id),
      },
    },
  }),
  fault('RELAY-VERIFY-21/keeps-the-code', 'a code confirms again and again', {
    confirmation: { order: ['credentials', 'body', 'limit', 'code', 'listing', 'store'] },
  }),
  fault('RELAY-VERIFY-22/stores-before-it-checks-the-code', 'the account is made before the code is judged', {
    confirmation: { order: ['credentials', 'body', 'limit', 'store', 'code', 'listing', 'use-code'] },
  }),
  fault('RELAY-VERIFY-22/uses-the-code-before-it-is-judged', 'a wrong code uses the right one up', {
    confirmation: { order: ['credentials', 'body', 'limit', 'use-code', 'code', 'listing', 'store'] },
  }),
  fault('RELAY-VERIFY-23/ignores-case', 'passwords are compared without regard to case', {
    authentication: {
      passwordMatches: ({ device, given }) => device.password.toLowerCase() === given.toLowerCase(),
    },
  }),
  fault('RELAY-VERIFY-23/compares-a-prefix', 'eight characters of the password are compared', {
    authentication: {
      passwordMatches: ({ device, given }) => device.password.slice(0, 8) === given.slice(0, 8),
    },
  }),
  fault('RELAY-VERIFY-23/trims', 'blanks around a password count for nothing', {
    authentication: { passwordMatches: ({ device, given }) => device.password.trim() === given.trim() },
  }),
  fault('RELAY-VERIFY-23/takes-longer-passwords', 'what follows the password is not looked at', {
    authentication: { passwordMatches: ({ device, given }) => given.startsWith(device.password) },
  }),
  fault(
    'RELAY-VERIFY-25/stores-prekeys-elsewhere',
    'prekeys are stored under the number that was confirmed first',
    {
      prekeyUpload: {
        store: (upload, _shelf, scene) => {
          const [number = ''] = scene.state.accounts.keys()
          return documented.prekeyUpload.store(upload, documented.prekeys.shelf(number, 1), scene)
        },
      },
    },
  ),
  fault('RELAY-VERIFY-33/keeps-supports-sms', 'a number once registered with supportsSms keeps it', {
    confirmation: {
      account: (registration, previous) => {
        const made = confirmation.account(registration, previous)
        return { ...made, supportsSms: made.supportsSms || (previous?.supportsSms ?? false) }
      },
    },
  }),
  fault(
    'RELAY-VERIFY-33/keeps-the-greatest-registration-id',
    'a lower registrationId does not replace a higher one',
    {
      confirmation: {
        account: ({ attributes, ...registration }, previous) => {
          const former = previous?.devices.get(1)?.registrationId ?? 0
          const registrationId = Math.max(attributes.registrationId, former)
          return confirmation.account(
            { ...registration, attributes: { ...attributes, registrationId } },
            previous,
          )
        },
      },
    },
  ),
  fault(
    'RELAY-VERIFY-34/takes-the-password-of-a-wrong-code',
    'a wrong code changes the password of an account',
    {
      confirmation: { order: EARLY, beforehand: withNewPassword },
    },
  ),
  fault(
    'RELAY-VERIFY-34/removes-the-account-for-a-wrong-code',
    'a wrong code removes the account of its number',
    {
      confirmation: {
        order: EARLY,
        beforehand: (_credentials, { number }) => [{ kind: 'account-removed', number }],
      },
    },
  ),
  fault(
    'RELAY-VERIFY-34/takes-the-password-of-a-bad-body',
    'a body that is refused changes the password of an account',
    {
      confirmation: {
        order: ['credentials', 'beforehand', 'body', 'limit', 'code', 'listing', 'store', 'use-code'],
        beforehand: withNewPassword,
      },
    },
  ),
  fault(
    'RELAY-VERIFY-34/drops-push-ids-for-a-wrong-code',
    'a wrong code takes the push ids of an account away',
    {
      confirmation: {
        order: EARLY,
        beforehand: (_credentials, account) =>
          changedDevices(account, (device) => ({ ...device, gcmId: null, apnId: null })),
      },
    },
  ),
  fault('RELAY-VERIFY-25/loses-push-ids', 'a push id is stored on a copy of the account', {
    pushIds: { set: () => [] },
  }),
]

/** The password of a confirmation, for every device. */
function withNewPassword({ password }: BasicCredentials, account: Account): readonly RelayChange[] {
  return changedDevices(account, (device) => ({ ...device, password }))
}

function changedDevices(account: Account, change: (device: Device) => Device): readonly RelayChange[] {
  const devices = [...account.devices].map(([id, device]) => [id, change(device)] as const)
  return [{ kind: 'account-stored', account: { ...account, devices: new Map(devices) } }]
}

const DEFAULTS = {
  signalingKey: 'A'.repeat(70),
  supportsSms: false,
  registrationId: 1,
}

function storing(over: Partial<AccountAttributes>): RelayRulebookPatch {
  return {
    confirmation: {
      account: (registration, previous) =>
        confirmation.account(
          { ...registration, attributes: { ...registration.attributes, ...over } },
          previous,
        ),
    },
  }
}

function storingId(kept: (id: number) => number): RelayRulebookPatch {
  return {
    confirmation: {
      account: (registration, previous) => {
        const { attributes } = registration
        const registrationId = kept(attributes.registrationId)
        return confirmation.account(
          { ...registration, attributes: { ...attributes, registrationId } },
          previous,
        )
      },
    },
  }
}
