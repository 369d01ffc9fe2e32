import type { Addressed } from './message-set.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { messages } = documented
const UNSAID = 'the specification does not mention messages to one’s own number'

/** Relays that take messages to the number of their sender otherwise, and are right. */
export const OWN_NUMBER_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-MESSAGE-36/needs-no-copy-for-the-sender',
    summary: 'a set for the number of its sender may leave out the device that sends it',
    open: UNSAID,
    patch: {
      messages: {
        compareDevices: (judged) => {
          const { missing, extra } = messages.compareDevices(judged)
          return { missing: missing.filter((id) => !isSender(id, judged)), extra }
        },
      },
    },
    areas: ['RELAY-PUSH', 'RELAY-KEYS'],
  }),
  variant({
    id: 'RELAY-MESSAGE-36/takes-the-sender-for-extra',
    summary: 'of a set for the number of its sender the device that sends it is extra',
    open: UNSAID,
    patch: {
      messages: {
        compareDevices: (judged) => {
          const reachable = judged.reachable.filter(({ id }) => !isSender(id, judged))
          return messages.compareDevices({ ...judged, reachable })
        },
      },
    },
    areas: ['RELAY-PUSH', 'RELAY-KEYS'],
    alone: true,
  }),
]

function isSender(id: number, { sender, recipient }: Addressed): boolean {
  return sender.relay === null && sender.number === recipient.number && sender.deviceId === id
}
