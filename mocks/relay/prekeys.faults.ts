import { routedByListing } from './routed-by-listing.ts'
import type { Asking, PrekeyStep } from './prekeys.ts'
import type { Prekeys, StoredPrekey } from './prekey-queue.ts'
import { documented } from './rulebook.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'
import { bare } from '#mocks/engine/wire.ts'
import { firstEntry, preferringItsOwn } from './peers.faults.ts'
import { alsoTakingFor, ofAnyAccount } from './other-passwords.ts'
import { serving } from './prekey-texts.faults.ts'
import type { Device } from './entities.ts'

const { prekeys, federation } = documented

/** How long two callers count as asking at once, in ms. */
const AT_ONCE_MS = 1

/** Faults in handing out prekeys. */
export const PREKEY_FAULTS: readonly RelayFault[] = [
  deployedFault(
    'RELAY-PREKEY-26/finds-the-node-by-itself',
    'a number is looked up at the node that lists it',
    {
      federation: { route: routedByListing },
    },
  ),
  fault('RELAY-PREKEY-01/renames-keys', 'the entries stand in "devices"', {
    prekeys: { body: (entries) => ({ devices: entries }) },
  }),
  fault('RELAY-PREKEY-01/answers-a-single-key', 'the answer is the first entry alone', {
    prekeys: { body: (entries) => entries[0] ?? {} },
  }),
  fault('RELAY-PREKEY-01/refuses-ones-own-number', 'a caller gets no prekey of its own number', {
    prekeys: {
      choose: (all, asking) => (asking.account.number === nameOf(asking) ? [] : prekeys.choose(all, asking)),
    },
  }),
  fault('RELAY-PREKEY-02/leaves-out-the-device', 'an entry has no deviceId', {
    prekeys: { entry: serving(() => ({ deviceId: undefined })) },
  }),
  fault('RELAY-PREKEY-02/leaves-out-the-id', 'an entry has no keyId', {
    prekeys: { entry: serving(() => ({ keyId: undefined })) },
  }),
  fault('RELAY-PREKEY-02/leaves-out-the-identity', 'an entry has no identityKey', {
    prekeys: { entry: serving(() => ({ identityKey: undefined })) },
  }),
  deployedFault('RELAY-PREKEY-03/never-uses-up', 'one-time keys are handed out for ever', {
    prekeys: { isUsedUp: () => false },
  }),
  deployedFault(
    'RELAY-PREKEY-03/uses-up-for-another-caller',
    'a key is used up only when the caller changes',
    {
      prekeys: {
        isUsedUp: (prekey, asking) => !prekey.lastResort && latestCaller(asking) !== nameOf(asking),
      },
    },
  ),
  fault('RELAY-PREKEY-04/hands-the-same-key-to-callers-at-once', 'reading and removing are two steps', {
    prekeys: { choose: atOnce },
  }),
  deployedFault(
    'RELAY-PREKEY-10/hands-the-same-keys-to-stars-at-once',
    'for a star reading and removing are two steps',
    {
      prekeys: {
        choose: (all, asking) => (asking.asked === 'all' ? atOnce(all, asking) : prekeys.choose(all, asking)),
      },
    },
  ),
  fault('RELAY-PREKEY-05/answers-404', 'there is no key when the one-time keys are used up', {
    prekeys: { choose: (all) => prekeysOf(all).filter(({ lastResort }) => !lastResort) },
  }),
  fault('RELAY-PREKEY-05/starts-again', 'used up one-time keys are handed out from the first', {
    prekeys: {
      choose: (all) => (all.smallest?.lastResort === true ? all.uploaded.slice(0, 1) : prekeysOf(all)),
    },
  }),
  fault('RELAY-PREKEY-06/uses-up-the-last-resort-key', 'the last resort key is handed out once', {
    prekeys: { isUsedUp: () => true },
  }),
  fault('RELAY-PREKEY-07/starts-with-the-last-resort-key', 'the last resort key comes first', {
    prekeys: { choose: (all) => all.uploaded.filter(({ lastResort }) => lastResort) },
  }),
  fault('RELAY-PREKEY-07/alternates', 'every other key is the last resort key', {
    prekeys: {
      choose: (all) =>
        all.latest === undefined || all.latest.prekey.lastResort
          ? prekeysOf(all)
          : all.uploaded.filter(({ lastResort }) => lastResort),
    },
  }),
  fault('RELAY-PREKEY-08/answers-the-first-device', 'a star stands for device 1', {
    prekeys: { devices: firstOf, charged: firstOf },
  }),
  fault('RELAY-PREKEY-08/answers-two-devices', 'a star stands for the first two devices', {
    prekeys: { devices: (asking) => prekeys.devices(asking).slice(0, 2) },
  }),
  fault('RELAY-PREKEY-08/answers-every-key', 'a star stands for every key of every device', {
    prekeys: {
      choose: (all, asking) => (asking.asked === 'all' ? all.remaining() : prekeys.choose(all, asking)),
    },
  }),
  fault('RELAY-PREKEY-08/answers-404', 'a star answers 404', {
    prekeys: { asked: (text) => (text === '*' ? undefined : prekeys.asked(text)) },
  }),
  fault('RELAY-PREKEY-09/answers-every-device', 'the device id of a request is not looked at', {
    prekeys: {
      devices: (asking) => prekeys.devices({ ...asking, asked: 'all' }),
      charged: (asking) => prekeys.devices({ ...asking, asked: 'all' }),
    },
  }),
  fault('RELAY-PREKEY-09/names-device-1', 'every entry has the deviceId 1', {
    prekeys: { entry: serving(() => ({ deviceId: 1 })) },
  }),
  deployedFault('RELAY-PREKEY-10/uses-nothing-up', 'a star uses up nothing', {
    prekeys: {
      isUsedUp: (prekey, asking) => asking.asked !== 'all' && prekeys.isUsedUp(prekey, asking),
    },
  }),
  deployedFault('RELAY-PREKEY-10/uses-up-of-device-1', 'a star uses up a key of device 1 alone', {
    prekeys: { charged: firstOf },
  }),
  ...statusFaults('fetch-prekeys', [
    ['RELAY-PREKEY-11/answers-403', 'a wrong password answers 403', 'wrong-password', 403],
    ['RELAY-PREKEY-12/answers-400', 'an unknown number answers 400', 'unknown-destination', 400],
    ['RELAY-PREKEY-12/answers-200', 'an unknown number answers 200', 'unknown-destination', 200],
    [
      'RELAY-PREKEY-13/answers-410',
      'a number that took its push id back answers 410',
      'unreachable-destination',
      410,
    ],
    [
      'RELAY-PREKEY-13/serves-the-unregistered',
      'keys are handed out of numbers without a push id',
      'unreachable-destination',
      200,
    ],
    ['RELAY-PREKEY-16/answers-429', 'requests for prekeys over the limit answer 429', 'limited', 429],
    ['RELAY-PREKEY-19/crashes', 'an unknown relay answers 500', 'unknown-relay', 500],
    ['RELAY-PREKEY-21/crashes', 'a device id of letters answers 500', 'bad-device-id', 500],
  ]),
  fault(
    'RELAY-PREKEY-11/takes-the-password-of-the-owner',
    'any password of any account will do',
    alsoTakingFor('fetch-prekeys', ofAnyAccount()),
  ),
  fault('RELAY-PREKEY-11/uses-up-before-it-authenticates', 'a refused caller uses up a key', {
    prekeys: { order: ['consume', ...without('consume')] },
  }),
  deployedFault('RELAY-PREKEY-14/answers-200', 'a device that is not there answers 200', {
    status: { 'fetch-prekeys': { 'no-such-device': 200 } },
  }),
  deployedFault('RELAY-PREKEY-14/falls-back-to-device-1', 'a device that is not there stands for device 1', {
    prekeys: { devices: orFirst, charged: orFirst },
  }),
  deployedFault('RELAY-PREKEY-15/answers-an-empty-list', 'a device without keys answers 200 and no entries', {
    prekeys: { order: without('keys') },
  }),
  fault('RELAY-PREKEY-16/does-not-limit', 'requests for prekeys are not limited', {
    limits: { figures: { prekeys: null } },
  }),
  fault(
    'RELAY-PREKEY-16/does-not-limit-requests-for-peers',
    'requests that other nodes answer are not limited',
    {
      prekeys: { order: ['authenticate', 'relay', ...without('authenticate', 'relay')] },
    },
  ),
  fault('RELAY-PREKEY-17/uses-up-for-a-refused-star', 'a star with a wrong password uses up keys', {
    prekeys: { order: ['consume', ...without('consume')], charged: ofStars },
  }),
  fault('RELAY-PREKEY-17/uses-up-before-the-limit', 'a request over the limit uses up a key', {
    prekeys: { order: ['authenticate', 'consume', ...without('authenticate', 'consume')] },
  }),
  fault(
    'RELAY-PREKEY-17/uses-up-for-a-device-that-is-not-there',
    'a request that answers 404 uses up a key',
    {
      prekeys: {
        order: ['authenticate', 'limit', 'consume', ...without('authenticate', 'limit', 'consume')],
        charged: orFirst,
      },
    },
  ),
  fault('RELAY-PREKEY-18/forgets-the-device', 'a peer is asked for device 1 whatever was asked for', {
    federation: {
      request: (asked) => (asked.kind === 'fetch-prekeys' ? { ...asked, device: '1' } : asked),
    },
  }),
  fault('RELAY-PREKEY-18/passes-on-the-first-entry', 'of what a peer answers the first prekey is passed on', {
    federation: { passedOn: firstEntry },
  }),
  fault(
    'RELAY-PREKEY-18/prefers-its-own-numbers',
    'a number of this node is looked up here whatever relay is named',
    {
      federation: preferringItsOwn(),
    },
  ),
  fault('RELAY-PREKEY-18/asks-nobody', 'the name of a peer is not looked at', {
    federation: { route: () => ({ kind: 'here' }) },
  }),
  fault('RELAY-PREKEY-19/answers-from-here', 'the name of an unknown relay is not looked at', {
    federation: {
      route: (...parameters) => {
        const route = federation.route(...parameters)
        return route.kind === 'unknown-relay' ? { kind: 'here' } : route
      },
    },
  }),
  fault('RELAY-PREKEY-20/asks-for-a-relay', 'a request for prekeys that names no relay answers 404', {
    wire: {
      transform: (reply, _outcome, event) =>
        event.kind === 'fetch-prekeys' && event.relay === null ? bare(reply, 404) : reply,
    },
  }),
  fault('RELAY-PREKEY-21/takes-it-for-a-star', 'a device id of letters stands for every device', {
    prekeys: { asked: (text) => prekeys.asked(text) ?? 'all' },
  }),
  fault('RELAY-PREKEY-21/reads-the-first-digits', 'a device id may end in anything', {
    prekeys: {
      asked: (text) => (/^\d/.test(text) ? Number.parseInt(text, 10) : prekeys.asked(text)),
    },
  }),
  deployedFault(
    'RELAY-PREKEY-23/answers-unreachable-devices',
    'a star stands for devices without a push id, too',
    {
      prekeys: {
        devices: (asking) =>
          asking.asked === 'all' ? [...asking.account.devices.values()] : prekeys.devices(asking),
      },
    },
  ),
  deployedFault(
    'RELAY-PREKEY-24/limits-all-callers-together',
    'the requests of all callers are counted together',
    {
      limits: { keys: { prekeys: ({ target = '' }) => target } },
    },
  ),
  deployedFault('RELAY-PREKEY-24/limits-all-targets-together', 'requests are counted whatever they ask for', {
    limits: { keys: { prekeys: ({ number }) => number } },
  }),
]

function without(...left: readonly PrekeyStep[]): readonly PrekeyStep[] {
  return prekeys.order.filter((step) => !left.includes(step))
}

function prekeysOf({ smallest }: Prekeys): readonly StoredPrekey[] {
  return smallest === undefined ? [] : [smallest]
}

/** Who asks at the same time as another caller gets that caller's key. */
function atOnce(all: Prekeys, asking: Asking): readonly StoredPrekey[] {
  const { latest } = all
  const isLate = latest === undefined || asking.scene.world.nowMs() - latest.at > AT_ONCE_MS
  return isLate || latest.to === nameOf(asking) ? prekeysOf(all) : [latest.prekey]
}

function nameOf({ caller }: Asking): string {
  return caller?.kind === 'caller' ? caller.account.number : ''
}

/** Who was handed a key of that device last. */
function latestCaller({ asked, account, scene }: Asking): string | undefined {
  const device = asked === 'all' ? 1 : asked
  return scene.state.prekeys.get(prekeys.shelf(account.number, device))?.latest?.to
}

/** A star stands for the first device. */
function firstOf(asking: Asking): readonly Device[] {
  const all = prekeys.devices(asking)
  return asking.asked === 'all' ? all.slice(0, 1) : all
}

/** What is not there stands for the first device. */
function orFirst(asking: Asking): readonly Device[] {
  const all = prekeys.devices(asking)
  return all.length > 0 ? all : prekeys.devices({ ...asking, asked: 1 })
}

/** The devices asked for by a star, and those that a caller asks for by who it is. */
function ofStars(asking: Asking): readonly Device[] {
  return asking.asked === 'all' || asking.caller !== null ? prekeys.devices(asking) : []
}
