import { noting } from '#mocks/engine/memory.ts'
import { alsoChanging, namedBy, settling, withoutPushId } from './also-changing.ts'
import type { Account } from './entities.ts'
import type { StoredPrekey } from './prekey-queue.ts'
import type { Asking } from './prekeys.ts'
import type { Delivery } from './pushes.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { attachments, prekeys } = documented

const recipientsOf = noting<string>()

/** Faults by which what is another's is changed, or handed out. */
export const STRANGER_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-PUSHID-19/clears-of-the-number-before',
    'a second device that takes its push id back takes that of the number registered before its own',
    alsoChanging('remove-push-id', ['removed'], ({ event, state }) => {
      const named = namedBy(event, state)
      if (named === undefined || named.device.id === 1) return []
      return firstDevice(before(named.account, state.accounts)).map(withoutPushId)
    }),
  ),
  walkFault(
    'RELAY-PUSHID-19/gives-the-id-to-who-has-none',
    'a push id that replaces another one goes to the number registered before, too, where that has none',
    alsoChanging('set-push-id', ['stored'], ({ event, decision, state }) => {
      const named = namedBy(event, state)
      if (named === undefined || (named.device.apnId === null && named.device.gcmId === null)) return []
      const stored = decision.changes.find((change) => change.kind === 'device-stored')
      return firstDevice(before(named.account, state.accounts))
        .filter(({ device }) => device.apnId === null && device.gcmId === null)
        .flatMap(({ account: { number }, device }) => {
          const { gcmId = null, apnId = null } = stored?.device ?? {}
          return { kind: 'device-stored', number, device: { ...device, gcmId, apnId } }
        })
    }),
  ),
  walkFault(
    'RELAY-ATTACHMENT-12/locates-ones-own',
    'the client that was given the latest location gets it for any attachment of another',
    settling('retrieve-attachment', ['located'], ({ event, decision, scene, state }) => {
      const asked = attachments.find(event.id, { ...scene, rulebook: documented })
      const caller = namedBy(event, state)?.account.number
      const { latest } = state.blobs
      if (latest?.owner !== caller || latest === undefined || asked?.owner === caller) return decision
      const location = attachments.location({ origin: event.origin, key: latest.key })
      const content = { kind: 'json', value: { location } } as const
      return { ...decision, outcome: { ...decision.outcome, content } }
    }),
  ),
  walkFault(
    'RELAY-MESSAGE-36/sends-a-copy-to-an-earlier-recipient',
    'from the third recipient of a sender on, the first device of the first recipient gets a copy',
    {
      messages: {
        deliveries: (deliveries, scene) => {
          const [one] = deliveries
          if (one === undefined) return deliveries
          const numbers = recipientsOf(scene.state, one.sender.number, one.recipient.number)
          const [first] = numbers
          const earlier = scene.state.accounts.get(first ?? '')
          return new Set(numbers).size < 3 || earlier === one.recipient
            ? deliveries
            : [...deliveries, ...copies(one, earlier)]
        },
      },
    },
  ),
  walkFault(
    'RELAY-KEYS-17/stores-for-the-first-device',
    'an upload of a second device is stored for the first where that has its last resort key alone',
    {
      prekeyUpload: {
        store: ({ prekeys: uploaded }, shelf, { state }) => {
          const [number = '', device] = shelf.split('.')
          const first = prekeys.shelf(number, 1)
          const isBare = device !== '1' && state.prekeys.get(first)?.smallest?.lastResort === true
          return [{ kind: 'prekeys-stored', shelf: isBare ? first : shelf, prekeys: uploaded }]
        },
      },
    },
  ),
  walkFault(
    'RELAY-PREKEY-05/hands-out-a-key-of-the-caller',
    'in place of a last resort key the caller gets a one-time key of its own, where there is one',
    {
      prekeys: {
        choose: (all, asking) =>
          all.smallest?.lastResort === true
            ? ownOneTimeKey(asking, prekeys.choose(all, asking))
            : prekeys.choose(all, asking),
      },
    },
  ),
]

/** The account that was registered just before that one; undefined where it was the first. */
function before({ number }: Account, accounts: ReadonlyMap<string, Account>): Account | undefined {
  const all = [...accounts.values()]
  return all[all.findIndex((each) => each.number === number) - 1]
}

function firstDevice(account: Account | undefined) {
  const device = account?.devices.get(1)
  return account === undefined || device === undefined ? [] : [{ account, device }]
}

function copies(delivery: Delivery, to: Account | undefined): readonly Delivery[] {
  return firstDevice(to).map(({ account, device }) => ({ ...delivery, recipient: account, device }))
}

function ownOneTimeKey(
  { caller, scene: { state } }: Asking,
  otherwise: readonly StoredPrekey[],
): readonly StoredPrekey[] {
  if (caller?.kind !== 'caller') return otherwise
  const own = state.prekeys.get(prekeys.shelf(caller.account.number, caller.device.id))?.smallest
  return own === undefined || own.lastResort ? otherwise : [own]
}
