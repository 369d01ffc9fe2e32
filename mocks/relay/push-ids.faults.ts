import { documented } from './rulebook.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'
import type { Channel, Device } from './entities.ts'

const { authentication, bodies, prekeys, pushIds } = documented

/** Faults in registering and removing push ids. */
export const PUSH_ID_FAULTS: readonly RelayFault[] = [
  ...statusFaults('set-apn-id', [
    ['RELAY-PUSHID-01/answers-204', 'setting an APN id answers 204', 'stored', 204],
    ['RELAY-PUSHID-03/answers-403', 'an APN id with a wrong password answers 403', 'wrong-password', 403],
    ['RELAY-PUSHID-05/answers-400', 'malformed JSON with an APN id answers 400', 'malformed-body', 400],
  ]),
  ...statusFaults('set-gcm-id', [
    ['RELAY-PUSHID-02/answers-204', 'setting a GCM id answers 204', 'stored', 204],
    ['RELAY-PUSHID-04/answers-403', 'a GCM id without credentials answers 403', 'no-credentials', 403],
    ['RELAY-PUSHID-06/answers-400', 'malformed JSON with a GCM id answers 400', 'malformed-body', 400],
  ]),
  fault('RELAY-PUSHID-03/sets-apn-ids-for-anybody', 'an APN id is set without a look at the password', {
    authentication: { passwordMatches: except('set-apn-id') },
  }),
  fault('RELAY-PUSHID-04/sets-gcm-ids-for-anybody', 'a GCM id is set without a look at the password', {
    authentication: { passwordMatches: except('set-gcm-id') },
  }),
  fault('RELAY-PUSHID-06/clears-the-id', 'malformed JSON with a GCM id answers 200 and clears it', {
    bodies: {
      parse: (bytes, operation) => {
        const read = bodies.parse(bytes, operation)
        return operation === 'set-gcm-id' && read.kind === 'parse-error'
          ? { kind: 'json', plain: MALFORMED }
          : read
      },
    },
    pushIds: {
      read: (channel, members, rules) =>
        members === MALFORMED ? { kind: 'push-id', id: CLEARED } : pushIds.read(channel, members, rules),
      set: setOrClear,
    },
  }),
  fault('RELAY-PUSHID-07/takes-no-id', 'a body without an id answers 200 and clears the id', {
    pushIds: {
      read: (channel, members, rules) => {
        const read = pushIds.read(channel, members, rules)
        return read.kind === 'incomplete-body' ? { kind: 'push-id', id: CLEARED } : read
      },
      set: setOrClear,
    },
  }),
  fault('RELAY-PUSHID-07/writes-other-types-as-text', 'an id that is no text is turned into text', {
    bodies: { text: (value) => (typeof value === 'string' ? value : JSON.stringify(value)) },
  }),
  fault('RELAY-PUSHID-08/answers-405', 'DELETE of an APN id answers 405', notRemoving('apn')),
  ...statusFaults('remove-apn-id', [
    ['RELAY-PUSHID-08/answers-204', 'DELETE of an APN id answers 204', 'removed', 204],
  ]),
  fault('RELAY-PUSHID-09/answers-405', 'DELETE of a GCM id answers 405', notRemoving('gcm')),
  ...statusFaults('remove-gcm-id', [
    ['RELAY-PUSHID-09/answers-204', 'DELETE of a GCM id answers 204', 'removed', 204],
  ]),
  fault('RELAY-PUSHID-10/removes-for-anybody', 'DELETE does not look at the password', {
    authentication: {
      passwordMatches: (attempt, operation, scene) =>
        operation.startsWith('remove-') || authentication.passwordMatches(attempt, operation, scene),
    },
  }),
  fault(
    'RELAY-PUSHID-10/removes-and-answers-401',
    'DELETE with a wrong password answers 401 and removes the id',
    {
      pushIds: { removeOrder: ['act', 'authenticate'] },
    },
  ),
  fault('RELAY-PUSHID-10/answers-403', 'DELETE with a wrong password answers 403', {
    status: { 'remove-apn-id': { 'wrong-password': 403 }, 'remove-gcm-id': { 'wrong-password': 403 } },
  }),
  fault('RELAY-PUSHID-11/removes-nothing', 'DELETE answers 200 and changes nothing', {
    pushIds: { remove: () => [] },
  }),
  fault('RELAY-PUSHID-11/clears-the-other-id', 'DELETE of an APN id clears the GCM id', {
    pushIds: { remove: (whose) => pushIds.remove(whose, 'gcm') },
  }),
  deployedFault('RELAY-PUSHID-12/removes-the-account', 'DELETE removes the account', {
    pushIds: { remove: ({ account }) => [{ kind: 'account-removed', number: account.number }] },
  }),
  deployedFault('RELAY-PUSHID-12/removes-prekeys', 'DELETE removes the prekeys', {
    pushIds: {
      remove: (whose, channel) => [
        ...pushIds.remove(whose, channel),
        {
          kind: 'prekeys-stored',
          shelf: prekeys.shelf(whose.account.number, whose.device.id),
          prekeys: [],
        },
      ],
    },
  }),
  fault('RELAY-PUSHID-13/pushes-gcm-ids-through-apn', 'a GCM id is pushed to through APN', {
    pushes: { channels: ({ gcmId, apnId }) => addresses('apn', gcmId ?? apnId) },
  }),
  fault('RELAY-PUSHID-13/lower-cases-the-id', 'a GCM id is stored in lower case', {
    pushIds: {
      set: (whose, channel, id) => pushIds.set(whose, channel, channel === 'gcm' ? id.toLowerCase() : id),
    },
  }),
  fault('RELAY-PUSHID-14/stores-apn-ids-as-gcm-ids', 'an APN id is stored as GCM id', {
    pushIds: { set: (whose, _channel, id) => pushIds.set(whose, 'gcm', id) },
  }),
  fault('RELAY-PUSHID-15/keeps-the-first-id', 'an id stays when another of its kind is set', {
    pushIds: {
      set: (whose, channel, id) =>
        idOf(whose.device, channel) === null ? pushIds.set(whose, channel, id) : [],
    },
  }),
  deployedFault('RELAY-PUSHID-16/pushes-through-both-channels', 'a message is pushed through both channels', {
    pushIds: { set: keepingBoth },
    pushes: {
      channels: ({ gcmId, apnId }) => [...addresses('gcm', gcmId), ...addresses('apn', apnId)],
    },
  }),
  deployedFault('RELAY-PUSHID-16/prefers-gcm', 'a GCM id outweighs an APN id set later', {
    pushIds: { set: keepingBoth },
  }),
  fault('RELAY-PUSHID-08/refuses-a-body', 'DELETE with a body answers 400', {
    pushIds: { removeOrder: ['authenticate', 'body', 'act'] },
  }),
  deployedFault('RELAY-PUSHID-18/clears-both-ids', 'DELETE of either id clears both', {
    pushIds: {
      remove: ({ account, device }) => [
        {
          kind: 'device-stored',
          number: account.number,
          device: { ...device, gcmId: null, apnId: null },
        },
      ],
    },
  }),
  fault('RELAY-PUSHID-19/sets-the-first-device', 'the id of any device becomes that of the first', {
    pushIds: {
      set: ({ account, device }, channel, id) =>
        pushIds.set({ account, device: account.devices.get(1) ?? device }, channel, id),
    },
  }),
  fault('RELAY-PUSHID-19/sets-all-devices', 'the id of one device becomes that of all', {
    pushIds: {
      set: ({ account }, channel, id) =>
        [...account.devices.values()].flatMap((device) => pushIds.set({ account, device }, channel, id)),
    },
  }),
  fault('RELAY-PUSHID-19/removes-from-all-devices', 'DELETE by one device clears the id of all', {
    pushIds: {
      remove: ({ account }, channel) =>
        [...account.devices.values()].flatMap((device) => pushIds.remove({ account, device }, channel)),
    },
  }),
  deployedFault('RELAY-PUSHID-20/lists-everybody', 'the directory lists numbers without a push id', {
    directory: {
      find: (token, scene) => {
        const account = scene.state.accounts.get(scene.state.numbersByToken.get(token) ?? '')
        return account === undefined
          ? documented.directory.find(token, scene)
          : { token, relay: null, supportsSms: account.supportsSms }
      },
    },
  }),
  deployedFault('RELAY-PUSHID-20/lists-nobody', 'the directory lists no number', {
    directory: { find: () => undefined },
  }),
  deployedFault('RELAY-PUSHID-21/answers-404', 'DELETE of an id that is not set answers 404', {
    pushIds: { removeOrder: ['authenticate', 'known', 'act'] },
  }),
  fault('RELAY-PUSHID-23/forgets-before-it-reads', 'the id is lost before the body is read', {
    pushIds: { setOrder: ['authenticate', 'forget', 'body', 'act'] },
  }),
]

const CLEARED = ''
/** What malformed JSON is taken for. */
const MALFORMED = {}

/** Sets the id, or takes it away where there is none. */
function setOrClear(...[whose, channel, id]: Parameters<typeof pushIds.set>): ReturnType<typeof pushIds.set> {
  return id === CLEARED ? pushIds.remove(whose, channel) : pushIds.set(whose, channel, id)
}

function except(open: 'set-apn-id' | 'set-gcm-id'): typeof authentication.passwordMatches {
  return (attempt, operation, scene) =>
    operation === open || authentication.passwordMatches(attempt, operation, scene)
}

function notRemoving(kind: Channel): RelayFault['patch'] {
  return {
    status: { [`remove-${kind}-id`]: { removed: 405 } },
    pushIds: { remove: (whose, channel) => (channel === kind ? [] : pushIds.remove(whose, channel)) },
  }
}

function idOf({ gcmId, apnId }: Device, channel: Channel): string | null {
  return channel === 'gcm' ? gcmId : apnId
}

function keepingBoth(
  ...[whose, channel, id]: Parameters<typeof pushIds.set>
): ReturnType<typeof pushIds.set> {
  const { account, device } = whose
  const own = channel === 'gcm' ? { gcmId: id } : { apnId: id }
  return [{ kind: 'device-stored', number: account.number, device: { ...device, ...own } }]
}

function addresses(channel: Channel, to: string | null) {
  return to === null ? [] : [{ channel, to }]
}
