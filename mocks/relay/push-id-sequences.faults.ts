import { firstAnswers, firstTimes } from '#mocks/engine/first-answer.ts'
import type { RelayChange } from './changes.ts'
import type { Channel } from './entities.ts'
import type { Address } from './pushes.ts'
import { documented } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'

const { confirmation, prekeys, pushes, pushIds, reachability } = documented

const addressOf = firstAnswers<readonly Address[]>()
const isNew = firstTimes()
/** The push id of a client that has unregistered, where a relay holds that against it. */
const BANNED = ''
const REPEATED = '\n'
const MOST_CHARACTERS = 255

type Set = typeof pushIds.set

/** Faults in what becomes of push ids one after the other, and of all else when one is set. */
export const PUSH_ID_SEQUENCE_FAULTS: readonly RelayFault[] = [
  fault('RELAY-PUSHID-15/caches-the-id', 'the id that a device was first pushed to is remembered', {
    pushes: {
      channels: (device) => addressOf(device.signalingKey, () => pushes.channels(device)),
    },
  }),
  fault('RELAY-PUSHID-15/takes-an-id-once', 'an id that was set before is not set again', {
    pushIds: {
      set: (whose, channel, id) =>
        isNew(`${whose.account.number} ${channel} ${id}`) ? pushIds.set(whose, channel, id) : [],
    },
  }),
  fault('RELAY-PUSHID-15/pushes-twice-to-a-repeated-id', 'an id that is submitted twice is pushed to twice', {
    pushIds: {
      set: (whose, channel, id) => {
        const known = channel === 'gcm' ? whose.device.gcmId : whose.device.apnId
        return pushIds.set(whose, channel, known === id ? `${id}${REPEATED}${id}` : id)
      },
    },
    pushes: {
      channels: (device) =>
        pushes
          .channels(device)
          .flatMap(({ channel, to }) => to.split(REPEATED).map((one) => ({ channel, to: one }))),
    },
  }),
  banning('RELAY-PUSHID-13/keeps-out-who-unregistered-gcm', 'gcm'),
  banning('RELAY-PUSHID-14/keeps-out-who-unregistered-apn', 'apn'),
  fault('RELAY-PUSHID-22/changes-the-id-and-answers-401', 'a wrong password answers 401 and sets the id', {
    pushIds: { setOrder: ['act', 'authenticate', 'body'] },
  }),
  fault('RELAY-PUSHID-25/forgets-sms', 'setting an id makes an account one that supports no SMS', {
    pushIds: {
      set: (...parameters) => [...pushIds.set(...parameters), ...withoutSms(...parameters)],
    },
  }),
  fault('RELAY-PUSHID-25/drops-the-prekeys', 'setting an id drops the prekeys', {
    pushIds: {
      set: (...parameters) => [...pushIds.set(...parameters), ...withoutPrekeys(...parameters)],
    },
  }),
  fault('RELAY-PUSHID-26/cuts-at-255-characters', 'an id is cut to 255 characters', {
    pushIds: { set: (whose, channel, id) => pushIds.set(whose, channel, id.slice(0, MOST_CHARACTERS)) },
  }),
  fault('RELAY-PUSHID-26/decodes-ids', 'an id is decoded as a part of a URL', {
    pushIds: {
      set: (whose, channel, id) =>
        pushIds.set(whose, channel, id.replaceAll('%2B', '+').replaceAll('%20', ' ')),
    },
  }),
  fault('RELAY-PUSHID-26/drops-odd-characters', 'an id loses its blanks, quotes and braces', {
    pushIds: {
      set: (whose, channel, id) => pushIds.set(whose, channel, id.replaceAll(/[ '"{}]/g, '')),
    },
  }),
]

function withoutSms(...[{ account, device }, channel, id]: Parameters<Set>): readonly RelayChange[] {
  const stored = { ...device, gcmId: channel === 'gcm' ? id : null, apnId: channel === 'apn' ? id : null }
  const devices = new Map(account.devices).set(device.id, stored)
  return [{ kind: 'account-stored', account: { ...account, supportsSms: false, devices } }]
}

function withoutPrekeys(...[{ account, device }]: Parameters<Set>): readonly RelayChange[] {
  return [{ kind: 'prekeys-stored', shelf: prekeys.shelf(account.number, device.id), prekeys: [] }]
}

/** A client that took back its id of one kind is known for ever, and its next id of that kind is dropped. */
function banning(id: string, kind: Channel): RelayFault {
  const member = kind === 'gcm' ? 'gcmId' : 'apnId'
  return fault(id, `the ${kind.toUpperCase()} ids of a number that has unregistered are dropped`, {
    pushIds: {
      remove: ({ account, device }, channel) =>
        channel === kind
          ? [{ kind: 'device-stored', number: account.number, device: { ...device, [member]: BANNED } }]
          : pushIds.remove({ account, device }, channel),
      set: (whose, channel, given) =>
        channel === kind && whose.device[member] === BANNED ? [] : pushIds.set(whose, channel, given),
    },
    reachability: {
      isDeviceReachable: (device) =>
        reachability.isDeviceReachable({ ...device, [member]: device[member] || null }),
    },
    confirmation: {
      account: (registration, previous) => {
        const account = confirmation.account(registration, previous)
        const device = account.devices.get(1)
        if (device === undefined || previous?.devices.get(1)?.[member] !== BANNED) return account
        return { ...account, devices: new Map(account.devices).set(1, { ...device, [member]: BANNED }) }
      },
    },
  })
}
