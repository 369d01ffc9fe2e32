import { memory } from '#mocks/engine/memory.ts'
import { alsoChanging, withoutPushId } from './also-changing.ts'
import type { Account } from './entities.ts'
import type { Delivery } from './pushes.ts'
import type { RelayState } from './state.ts'
import { walkFault, type RelayFault } from './fault.ts'

const sentTo = memory(() => new Map<string, string>())

/** Faults by which what one party does reaches the party that it last had to do with, or one that waits. */
export const OTHER_PARTY_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-37/copies-what-is-for-oneself',
    'what a client sends to its own number also goes to the number that it wrote to before',
    {
      messages: {
        deliveries: (deliveries, { state }) => {
          const [one] = deliveries
          if (one === undefined) return deliveries
          const { number } = one.sender
          const before = state.accounts.get(sentTo(state).get(number) ?? '')
          if (one.recipient.number === number) return [...deliveries, ...copies(one, before)]
          sentTo(state).set(number, one.recipient.number)
          return deliveries
        },
      },
    },
  ),
  walkFault(
    'RELAY-PUSHID-19/takes-that-of-the-number-registered-last',
    'a client that takes its push id back takes that of the number that was registered last, too, if that has a GCM id',
    alsoChanging('remove-push-id', ['removed'], ({ event, state }) => {
      const last = latest(state)
      const device = last?.devices.get(1)
      if (last === undefined || typeof device?.gcmId !== 'string' || event.channel !== 'apn') return []
      return [withoutPushId({ account: last, device })]
    }),
  ),
]

function latest({ accounts }: RelayState): Account | undefined {
  return [...accounts.values()].at(-1)
}

function copies(delivery: Delivery, account: Account | undefined): readonly Delivery[] {
  const device = account?.devices.get(1)
  return account === undefined || device === undefined ? [] : [{ ...delivery, recipient: account, device }]
}
