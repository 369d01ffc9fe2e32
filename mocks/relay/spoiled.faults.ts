import { alsoChanging, namedBy, settling, withoutPushId } from './also-changing.ts'
import type { RelayChange } from './changes.ts'
import type { Account, Device } from './entities.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { prekeys, provisioning } = documented

/** Faults by which an operation spoils something of its caller that it is not about. */
export const SPOILED_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-PUSHID-19/loses-the-id-of-the-second-device-to-a-third',
    'when a third device is added the second has no push id any more',
    alsoStoring((account) =>
      devicesOf(account)
        .filter(({ device }) => device.id === 2)
        .map(withoutPushId),
    ),
  ),
  walkFault(
    'RELAY-KEYS-23/drops-prekeys-with-a-further-device',
    'when a device is added the first one has no prekeys any more',
    alsoStoring((account) => devicesOf(account).slice(0, 1).flatMap(withoutKeys)),
  ),
  walkFault(
    'RELAY-VERIFY-18/forgets-sms-with-prekeys',
    'an account whose prekeys are stored is one that supports no SMS',
    alsoChanging('upload-prekeys', ['stored'], ({ event, state }) =>
      withoutSms(namedBy(event, state)?.account),
    ),
  ),
  walkFault(
    'RELAY-VERIFY-18/forgets-sms-with-a-further-device',
    'an account to which a device is added is one that supports no SMS',
    alsoStoring(withoutSms),
  ),
  walkFault(
    'RELAY-CODE-11/forgets-sms-with-a-code-read-out',
    'an account whose number asks for a code in a call is one that supports no SMS',
    alsoChanging('request-code', ['code-sent'], ({ event: { number, transport }, state }) =>
      transport === 'voice' ? withoutSms(state.accounts.get(number)) : [],
    ),
  ),
  walkFault(
    'RELAY-PUSHID-25/changes-the-registration-id-of-further-devices',
    'a device other than the first that sets an id of the other kind has another registration id',
    settling('set-push-id', ['stored'], ({ event, decision, state }) => {
      const device = namedBy(event, state)?.device
      const isOther = event.channel === 'apn' ? device?.gcmId : device?.apnId
      return {
        ...decision,
        changes: decision.changes.map((change) =>
          change.kind === 'device-stored' && change.device.id > 1 && typeof isOther === 'string'
            ? { ...change, device: { ...change.device, registrationId: change.device.registrationId + 1 } }
            : change,
        ),
      }
    }),
  ),
]

/** Where a device is added to an account, this changes first. */
function alsoStoring(first: (account: Account) => readonly RelayChange[]): RelayFault['patch'] {
  return {
    provisioning: {
      stored: (account, device) => [...first(account), ...provisioning.stored(account, device)],
    },
  }
}

interface Owned {
  readonly account: Account
  readonly device: Device
}

function devicesOf(account: Account | undefined): readonly Owned[] {
  return account === undefined ? [] : [...account.devices.values()].map((device) => ({ account, device }))
}

function withoutKeys(owned: Owned): readonly RelayChange[] {
  const shelf = prekeys.shelf(owned.account.number, owned.device.id)
  return [{ kind: 'prekeys-stored', shelf, prekeys: [] }]
}

function withoutSms(account: Account | undefined): readonly RelayChange[] {
  return account === undefined
    ? []
    : [{ kind: 'account-stored', account: { ...account, supportsSms: false } }]
}
