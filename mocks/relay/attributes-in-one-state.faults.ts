import { noting } from '#mocks/engine/memory.ts'
import { documented } from './rulebook.ts'
import { serving } from './prekey-texts.faults.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { prekeyUpload, prekeys, pushes } = documented

const identityOf = noting<string>()

/** Faults in one attribute while something else is in one state. */
export const STATE_ATTRIBUTE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-PUSH-13/names-the-first-device-to-oneself',
    'what a client sends to its own number is pushed as that of its first device',
    {
      pushes: {
        signal: (delivery, scene) => {
          const signal = pushes.signal(delivery, scene)
          return delivery.sender.number === delivery.recipient.number
            ? { ...signal, sourceDevice: 1 }
            : signal
        },
      },
    },
  ),
  walkFault(
    'RELAY-KEYS-09/keeps-the-identity-key-of-the-first-upload',
    'the last resort key comes with the identity key of the first upload of its device',
    {
      prekeys: {
        entry: serving(({ device, prekey }, { account, scene: { state } }) =>
          prekey.lastResort
            ? {
                identityKey: identityOf(
                  state,
                  prekeys.shelf(account.number, device.id),
                  prekey.identityKey,
                )[0],
              }
            : {},
        ),
      },
      prekeyUpload: {
        store: (upload, shelf, scene) => {
          identityOf(scene.state, shelf, upload.prekeys.at(-1)?.identityKey ?? '')
          return prekeyUpload.store(upload, shelf, scene)
        },
      },
    },
  ),
]
