import type { Patch } from '#mocks/engine/patch.ts'
import { askedDevices, type PrekeyRules } from './prekeys.ts'
import type { PrekeyUploadRules } from './prekey-upload.ts'

const GREATEST_INT = 2 ** 31 - 1

/** What the deployed relay takes as an upload: texts and ids are not looked at (RELAY-KEYS-12 to -14, 5.8). */
export const deployedPrekeyUpload: Patch<PrekeyUploadRules> = {
  keys: {
    // RELAY-KEYS-06
    requiredOfKey: {
      'one-time': ['publicKey', 'identityKey'],
      'last-resort': ['publicKey', 'identityKey'],
    },
    isKeyId: (id) => id <= GREATEST_INT && id >= -GREATEST_INT - 1,
    isKey: () => true,
  },
}

/** How the deployed relay hands out prekeys (5.8). */
export const deployedPrekeys: Patch<PrekeyRules> = {
  // 5.5: a star takes a key of devices that cannot be reached, too
  charged: (asking) => (asking.asked === 'all' ? [...asking.account.devices.values()] : askedDevices(asking)),
  entry: ({ device, prekey: { keyId, publicKey, identityKey, lastResort } }) => ({
    deviceId: device.id,
    // E-24, RELAY-KEYS-10: members of value 0 or false are left out
    ...(keyId === 0 ? {} : { keyId }),
    publicKey,
    identityKey,
    // E-23, RELAY-PREKEY-22
    ...(device.registrationId === 0 ? {} : { registrationId: device.registrationId }),
    ...(lastResort ? { lastResort } : {}),
  }),
}
