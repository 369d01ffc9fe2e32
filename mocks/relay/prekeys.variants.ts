import { counting } from '#mocks/engine/memory.ts'
import { atOnce } from '#mocks/engine/turns.ts'
import { settling } from './also-changing.ts'
import { routedByListing } from './routed-by-listing.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { Asking } from './prekeys.ts'
import type { Prekeys, StoredPrekey } from './prekey-queue.ts'
import { serving } from './prekey-texts.faults.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { prekeys } = documented

/** Relays that hand out prekeys otherwise and are right. */
export const PREKEY_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-PREKEY-01/adds-members',
    summary: 'the answer has further members, before the keys',
    open: 'the structure below is returned: that it is all that is returned is not said',
    patch: { prekeys: { body: (entries) => ({ identityKey: null, count: entries.length, keys: entries }) } },
  }),
  variant({
    id: 'RELAY-PREKEY-02/writes-members-in-another-order',
    summary: 'an entry has its members in another order, and further ones',
    open: 'JSON objects are unordered, and further members are not excluded',
    patch: {
      prekeys: {
        entry: (handing, asking) => ({
          signature: null,
          ...Object.fromEntries(Object.entries(entryOf(handing, asking)).toReversed()),
        }),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-02/writes-whole-numbers-with-a-point',
    summary: 'ids are written 1.0 and 1e0',
    open: 'JSON numbers are compared by value',
    patch: numbersWithPoint('deviceId', 'keyId'),
    areas: ['RELAY-KEYS'],
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-22/names-no-registration-id',
    summary: 'an entry has the four members of the specification alone',
    open: 'the structure in the specification has no registrationId',
    patch: { prekeys: { entry: serving(() => ({ registrationId: undefined })) } },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-03/hands-the-same-caller-the-same-key',
    summary: 'a caller that asks again gets the key it has got before',
    open: 'how often a prekey is handed out is not said',
    patch: { prekeys: { choose: sameForSameCaller } },
    areas: ['RELAY-KEYS'],
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-04/fails-every-second-at-once',
    summary:
      'of requests for prekeys of a number within two turns of the event loop every second answers 500',
    open: 'the known implementation does so (E-21)',
    dialects: ['deployed'],
    alone: true,
    patch: failingAtOnce(),
  }),
  variant({
    id: 'RELAY-PREKEY-07/begins-with-the-greatest-id',
    summary: 'one-time keys are handed out by descending id',
    open: 'which of the keys is handed out is not said',
    patch: { prekeys: { choose: greatestFirst } },
    areas: ['RELAY-KEYS'],
  }),
  variant({
    id: 'RELAY-PREKEY-08/answers-the-last-device-first',
    summary: 'the entries come by descending device id',
    open: 'the order of the entries is not said',
    patch: { prekeys: { devices: (asking) => prekeys.devices(asking).toReversed() } },
  }),
  variant({
    id: 'RELAY-PREKEY-10/uses-nothing-up-for-a-star',
    summary: 'a request for every device uses up no key',
    open: 'how often a prekey is handed out is not said',
    patch: {
      prekeys: {
        isUsedUp: (prekey, asking) => asking.asked !== 'all' && prekeys.isUsedUp(prekey, asking),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-14/answers-an-empty-list',
    summary: 'a device that is not there, or has no keys, answers 200 and no entries',
    open: '404 is listed for an unknown or unregistered number alone',
    patch: {
      prekeys: { order: prekeys.order.filter((step) => step !== 'device' && step !== 'keys') },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-19/refuses-with-other-statuses',
    summary: 'an unknown relay answers 400, a device id of letters 422, a device that is not there 410',
    open: 'the list of what the operation returns has none of these cases',
    patch: {
      status: { 'fetch-prekeys': { 'unknown-relay': 400, 'bad-device-id': 422, 'no-such-device': 410 } },
    },
  }),
  variant({
    id: 'RELAY-PREKEY-23/answers-devices-without-a-push-id',
    summary: 'a star stands for devices without a push id, too',
    open: 'when a device counts as registered is not said',
    patch: {
      prekeys: {
        devices: (asking) =>
          asking.asked === 'all' ? [...asking.account.devices.values()] : prekeys.devices(asking),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-PREKEY-24/limits-by-caller',
    summary: 'requests are counted by caller, whatever they ask for',
    open: 'what the limit counts is not said',
    patch: { limits: { keys: { prekeys: ({ number }) => number } } },
    dialects: ['documented'],
    // With the same key for the same caller, too few requests are left to see what comes after the last key
    alone: true,
  }),
  variant({
    id: 'RELAY-PREKEY-26/finds-the-node-by-itself',
    summary: 'a number that another node lists is looked up there without its name',
    open: 'relay is optional, and that a node does without it is not excluded',
    patch: {
      federation: { route: routedByListing },
    },
    areas: ['RELAY-MESSAGE'],
    dialects: ['documented'],
  }),
]

/** Requests that meet an earlier one fail, every second of them. */
function failingAtOnce(): RelayRulebookPatch {
  const earlierOf = atOnce<string>()
  const lateOnes = counting()
  return settling('fetch-prekeys', ['handed-out'], ({ event: { number }, decision, state }) => {
    const isLate = earlierOf(state, number).includes(number)
    return !isLate || lateOnes(state, number) % 2 === 0
      ? decision
      : { ...decision, outcome: { ...decision.outcome, kind: 'crashed' }, changes: [] }
  })
}

function entryOf(...parameters: Parameters<typeof prekeys.entry>): Readonly<Record<string, Json>> {
  return prekeys.entry(...parameters) as Readonly<Record<string, Json>>
}

/** Whole numbers of these members as other JSON of the same value. */
function numbersWithPoint(...members: readonly string[]): RelayRulebookPatch {
  const whole = new RegExp(`("(?:${members.join('|')})":)(\\d+)`, 'g')
  return {
    wire: {
      jsonText: (value) =>
        JSON.stringify(value).replace(whole, (_, member: string, digits: string) =>
          digits.length === 1 ? `${member}${digits}e0` : `${member}${digits}.0`,
        ),
    },
  }
}

function sameForSameCaller(all: Prekeys, asking: Asking): readonly StoredPrekey[] {
  const { caller } = asking
  const { latest } = all
  const isCallers = caller?.kind === 'caller' && latest?.to === caller.account.number
  return isCallers ? [latest.prekey] : prekeys.choose(all, asking)
}

function greatestFirst(all: Prekeys): readonly StoredPrekey[] {
  const left = all.remaining()
  const greatest = left.findLast(({ lastResort }) => !lastResort) ?? left.at(-1)
  return greatest === undefined ? [] : [greatest]
}
