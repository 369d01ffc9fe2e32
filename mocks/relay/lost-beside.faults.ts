import { alsoChanging, namedBy, withoutPushId } from './also-changing.ts'
import type { RelayChange } from './changes.ts'
import type { Account } from './entities.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { prekeys } = documented

/** Faults by which a change of one thing loses another of the same client. */
export const LOST_BESIDE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-KEYS-07/drops-the-keys-of-who-writes-to-oneself',
    'a client that writes to its own number loses the prekeys of its first device',
    alsoChanging('submit-messages', ['accepted'], ({ event, state }) => {
      const number = namedBy(event, state)?.account.number
      return number === event.destination ? [withoutKeys(number, 1)] : []
    }),
  ),
  walkFault(
    'RELAY-VERIFY-18/forgets-sms-with-a-push-id-that-is-taken-back',
    'an account of which a push id is taken back is one that supports no SMS',
    alsoChanging('remove-push-id', ['removed'], ({ event, decision, state }) => {
      const account = namedBy(event, state)?.account
      const stored = decision.changes.find((change) => change.kind === 'device-stored')
      if (account === undefined || stored === undefined) return []
      const devices = new Map(account.devices).set(stored.device.id, stored.device)
      return [{ kind: 'account-stored', account: { ...account, supportsSms: false, devices } }]
    }),
  ),
  walkFault(
    'RELAY-PUSHID-25/loses-the-id-of-the-first-with-keys-of-another',
    'a device other than the first that stores prekeys takes the APN id of the first',
    alsoChanging('upload-prekeys', ['stored'], ({ event, state }) => {
      const named = namedBy(event, state)
      const device = named?.account.devices.get(1)
      return named === undefined || device === undefined || named.device.id === 1 || device.apnId === null
        ? []
        : [withoutPushId({ account: named.account, device })]
    }),
  ),
  walkFault(
    'RELAY-CODE-11/drops-the-keys-of-further-devices',
    'an account whose number asks for a code has prekeys of its first device alone',
    alsoChanging('request-code', ['code-sent'], ({ event: { number }, state }) =>
      others(state.accounts.get(number)),
    ),
  ),
]

function others(account: Account | undefined): readonly RelayChange[] {
  return [...(account?.devices.keys() ?? [])]
    .filter((id) => id !== 1)
    .map((id) => withoutKeys(account?.number ?? '', id))
}

function withoutKeys(number: string, device: number): RelayChange {
  return { kind: 'prekeys-stored', shelf: prekeys.shelf(number, device), prekeys: [] }
}
