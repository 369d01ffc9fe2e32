import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { mistyped } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import type { Device } from './entities.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { directory, pushIds } = documented

const UNSAID = 'the specification does not say what is left of a client after DELETE'
const BOTH_KINDS = 'the specification does not say whether a client may have an id of each kind'

/** The forms of the ids that the push services give. */
const FORMS = { apn: /^[0-9a-f]{64}$/, gcm: /^[\w:-]+$/ } as const

/** Relays that are right otherwise about push ids. */
export const PUSH_ID_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-PUSHID-17/needs-the-body',
    summary: 'DELETE without a body is refused',
    open: 'To unregister from the server, send the same request with method DELETE',
    patch: { pushIds: { removeOrder: ['authenticate', 'no-body', 'act'] } },
  }),
  variant({
    id: 'RELAY-PUSHID-07/answers-422-and-409',
    summary: 'a body without an id answers 422, one with an id of another type 409',
    open: '415 is listed for badly formatted JSON, and nothing for JSON that lacks what it should have',
    patch: {
      status: {
        'set-apn-id': { 'incomplete-body': 422, 'mistyped-body': 409 },
        'set-gcm-id': { 'incomplete-body': 422, 'mistyped-body': 409 },
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-11/answers-422-to-messages',
    summary: 'a message to a client that has unregistered answers 422',
    open: 'no status is listed for a message to a number that is not registered',
    areas: ['RELAY-MESSAGE'],
    patch: { status: { 'submit-messages': { 'unreachable-destination': 422 } } },
  }),
  variant({
    id: 'RELAY-PUSHID-12/forgets-the-prekeys',
    summary: 'DELETE removes the prekeys of the client as well',
    open: UNSAID,
    dialects: ['documented'],
    alone: true,
    patch: {
      pushIds: {
        remove: (whose, channel): readonly RelayChange[] => [
          ...pushIds.remove(whose, channel),
          {
            kind: 'prekeys-stored',
            shelf: documented.prekeys.shelf(whose.account.number, whose.device.id),
            prekeys: [],
          },
        ],
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-18/unregisters-altogether',
    summary: 'DELETE of either kind takes back whatever push id the device has',
    open: UNSAID,
    dialects: ['documented'],
    alone: true,
    patch: {
      pushIds: {
        remove: ({ account, device }) => [withIds(account.number, device, { gcmId: null, apnId: null })],
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-21/answers-404-to-a-second-delete',
    summary: 'DELETE of an id that is not set answers 404',
    open: 'the specification says nothing of a client that unregisters twice',
    dialects: ['documented'],
    alone: true,
    patch: { pushIds: { removeOrder: ['authenticate', 'known', 'act'] } },
  }),
  variant({
    id: 'RELAY-PUSHID-09/compares-the-id',
    summary: 'DELETE with another id than the one that is set answers 404',
    open: 'To unregister from the server, send the same request with method DELETE',
    dialects: ['documented'],
    alone: true,
    patch: { pushIds: { removeOrder: ['authenticate', 'same', 'act'] } },
  }),
  variant({
    id: 'RELAY-PUSHID-12/unregisters-the-number',
    summary: 'DELETE by the first device removes the account with all its devices',
    open: UNSAID,
    dialects: ['documented'],
    alone: true,
    patch: {
      pushIds: {
        remove: (whose, channel): readonly RelayChange[] =>
          whose.device.id === 1
            ? [{ kind: 'account-removed', number: whose.account.number }]
            : pushIds.remove(whose, channel),
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-16/pushes-through-both-channels',
    summary: 'an id of each kind is kept, and a message is pushed through both',
    open: BOTH_KINDS,
    dialects: ['documented'],
    alone: true,
    patch: {
      pushIds: { set: keepingBoth },
      pushes: {
        channels: ({ gcmId, apnId }) => [
          ...(gcmId === null ? [] : [{ channel: 'gcm' as const, to: gcmId }]),
          ...(apnId === null ? [] : [{ channel: 'apn' as const, to: apnId }]),
        ],
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-16/prefers-gcm',
    summary: 'an id of each kind is kept, and a message is pushed through GCM where there is one',
    open: BOTH_KINDS,
    dialects: ['documented'],
    alone: true,
    patch: { pushIds: { set: keepingBoth } },
  }),
  variant({
    id: 'RELAY-PUSHID-26/checks-the-form-of-ids',
    summary:
      'an APN id other than 64 hexadecimal digits, and a GCM id with other than letters, digits and _-: in it, answers 415',
    open: 'what is registered is the id that the push service gave the client',
    areas: ['RELAY-AUTH', 'RELAY-KEYS'],
    patch: {
      pushIds: {
        read: (channel, members, rules) => {
          const read = pushIds.read(channel, members, rules)
          return read.kind !== 'push-id' || FORMS[channel].test(read.id) ? read : mistyped('id', 'a push id')
        },
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-20/reaches-a-number-by-its-first-device',
    summary: 'a number is registered as long as its first device has a push id',
    open: 'the specification does not say of which device a push id registers the number',
    dialects: ['documented'],
    areas: ['RELAY-DIRECTORY', 'RELAY-PREKEY', 'RELAY-MESSAGE', 'RELAY-KEYS'],
    alone: true,
    patch: {
      reachability: {
        isAccountReachable: (_account, reachable) => reachable.some(({ id }) => id === FIRST_DEVICE),
      },
    },
  }),
  variant({
    id: 'RELAY-PUSHID-20/lists-confirmed-numbers',
    summary: 'the directory lists every number that is confirmed',
    open: 'the specification does not say from when on, and how long, a number is in the directory',
    dialects: ['documented'],
    areas: ['RELAY-DIRECTORY'],
    alone: true,
    patch: {
      directory: {
        find: (token, scene) => {
          const account = scene.state.accounts.get(scene.state.numbersByToken.get(token) ?? '')
          return account === undefined
            ? directory.find(token, scene)
            : { token, relay: null, supportsSms: account.supportsSms }
        },
      },
    },
  }),
]

type PushIdsOf = Partial<Pick<Device, 'gcmId' | 'apnId'>>

function withIds(number: string, device: Device, ids: PushIdsOf): RelayChange {
  return { kind: 'device-stored', number, device: { ...device, ...ids } }
}

function keepingBoth(...[{ account, device }, channel, id]: Parameters<typeof pushIds.set>) {
  return [withIds(account.number, device, channel === 'gcm' ? { gcmId: id } : { apnId: id })]
}
