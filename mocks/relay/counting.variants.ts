import { fromUtf8 } from '#protocol/bytes.ts'
import { alsoChanging, settling } from './also-changing.ts'
import { isObject } from './bodies.ts'
import type { RelayDecision } from './decisions.ts'
import type { RelayEvent } from './operations.ts'
import type { RawBody } from './requests.ts'
import { documented } from './rulebook.ts'
import type { RelayState } from './state.ts'
import { variant, type RelayVariant } from './variant.ts'

const { messages } = documented
const UNSAID = 'what a limiter counts is not said'
const REFUSALS_OF_FETCHES = [
  'unknown-relay',
  'unknown-destination',
  'unreachable-destination',
  'bad-device-id',
  'no-such-device',
  'unreachable-device',
  'no-keys',
] as const
const REFUSALS_OF_MESSAGES = [
  'unknown-relay',
  'unknown-destination',
  'unreachable-destination',
  'mismatched-devices',
  'stale-devices',
] as const

/** Relays whose limiters count other things, and are right. */
export const COUNTING_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-MESSAGE-06/counts-each-message',
    summary: 'a set counts for as many as it has messages',
    open: UNSAID,
    patch: settling('submit-messages', ['accepted', 'unreachable-peer'], ({ event, decision, state }) =>
      counting(messagesIn(event.body), decision, state),
    ),
    alone: true,
  }),
  variant({
    id: 'RELAY-MESSAGE-06/counts-what-it-delivers',
    summary: 'a set that is refused for its recipient or its devices counts for none',
    open: UNSAID,
    patch: uncounted('submit-messages', REFUSALS_OF_MESSAGES),
    alone: true,
  }),
  variant({
    id: 'RELAY-AUTH-07/counts-before-it-authenticates',
    summary: 'messages with a wrong password count for the number that they name',
    open: 'the order of checks, and what a limiter counts, is not said',
    patch: { messages: { order: ['limit', ...messages.order.filter((step) => step !== 'limit')] } },
    dialects: ['documented'],
    areas: ['RELAY-MESSAGE'],
    alone: true,
  }),
  variant({
    id: 'RELAY-PREKEY-16/counts-each-device',
    summary: 'a request for every device of a number counts for as many as it has',
    open: UNSAID,
    patch: settling('fetch-prekeys', ['handed-out'], ({ event, decision, state }) => {
      const devices = state.accounts.get(event.number)?.devices.size ?? 1
      return counting(event.device === '*' ? devices : 1, decision, state)
    }),
    areas: ['RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-PREKEY-16/counts-what-it-hands-out',
    summary: 'a request for prekeys that is refused counts for none',
    open: UNSAID,
    patch: uncounted('fetch-prekeys', REFUSALS_OF_FETCHES),
    areas: ['RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-08/counts-wrong-codes',
    summary: 'a confirmation with the right code counts for none',
    open: UNSAID,
    patch: uncounted('confirm-code', ['confirmed', 'listed-elsewhere']),
    areas: ['RELAY-CODE'],
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-08/counts-anew-with-each-code',
    summary: 'attempts to confirm are counted from the latest code on',
    open: UNSAID,
    patch: alsoChanging('request-code', ['code-sent'], ({ event: { number }, scene: { world } }) => [
      {
        kind: 'bucket-charged',
        limiter: 'verify',
        key: number,
        fullAt: world.nowMs(number),
        at: world.nowMs(),
      },
    ]),
    areas: ['RELAY-CODE'],
    alone: true,
  }),
]

/** Requests of one operation that come to one of these outcomes count for none. */
function uncounted(
  kind: RelayEvent['kind'],
  outcomes: readonly RelayDecision['outcome']['kind'][],
): RelayVariant['patch'] {
  return settling(kind, outcomes, ({ decision, state }) => counting(0, decision, state))
}

/** What a limiter has counted once is counted so many times. */
function counting(times: number, decision: RelayDecision, state: RelayState): RelayDecision {
  return {
    ...decision,
    changes: decision.changes.map((change) => {
      if (change.kind !== 'bucket-charged') return change
      const { limiter, key, fullAt, at } = change
      const before = Math.max(state.bucket(limiter, key) ?? at, at)
      return { ...change, fullAt: before + times * (fullAt - before) }
    }),
  }
}

function messagesIn({ bytes }: RawBody): number {
  const body: unknown = bytes === 'too-long' ? null : JSON.parse(fromUtf8(bytes) ?? 'null')
  const list = isObject(body) ? body['messages'] : null
  return Array.isArray(list) ? list.length : 1
}
