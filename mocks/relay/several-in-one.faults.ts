import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { directory } = documented

/** Faults in what becomes of the second and the later things of one request. */
export const SEVERAL_IN_ONE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-26/takes-the-time-of-the-first',
    'each message of a set is pushed with the timestamp of the first',
    {
      messages: {
        deliveries: (deliveries) =>
          deliveries.map((delivery) => {
            const { timestamp } = (deliveries[0] ?? delivery).message
            return { ...delivery, message: { ...delivery.message, timestamp } }
          }),
      },
    },
  ),
  walkFault(
    'RELAY-DIRECTORY-16/loses-contacts-behind-a-repeated-token',
    'the tokens behind one that repeats an earlier one are not looked at',
    {
      directory: {
        matches: (tokens, scene) => {
          const repeated = tokens.findIndex((token, place) => tokens.indexOf(token) < place)
          return directory.matches(repeated < 0 ? tokens : tokens.slice(0, repeated + 1), scene)
        },
      },
    },
  ),
]
