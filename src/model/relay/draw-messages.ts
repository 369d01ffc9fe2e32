import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { namesIn } from './addressed.ts'
import { drawListBody, type BodyRows } from './bodies.ts'
import { accountOf } from './changes.ts'
import { drawCaller } from './credentials.ts'
import { drawAddressing } from './draw-addressing.ts'
import { drawSubject } from './numbers.ts'
import { MESSAGE_TYPES } from './push-parts.ts'
import { nextName } from './given-names.ts'
import type { RelayState } from './state.ts'

const LATE = 'the last message without body'

export const MESSAGES_BODY: BodyRows = {
  malformed: 'RELAY-MESSAGE-03',
  isListed: true,
  misshapen: {
    'without messages': 'RELAY-MESSAGE-04',
    'messages null': 'RELAY-MESSAGE-04',
    'a list': 'RELAY-MESSAGE-04',
    'an empty object': 'RELAY-MESSAGE-04',
    'a message without body': 'RELAY-MESSAGE-05',
    'a message with body null': 'RELAY-MESSAGE-05',
    [LATE]: 'RELAY-MESSAGE-05',
  },
}

const SIZES = ['0', '1', '2', '3', '15', '16', '17', '256', '1000']

const LARGE_SIZES = ['4096', '32768']

const ODD_TYPES = ['0', '5', '127', '128']

/** Draws a set of messages of the party; null where it has no device to ask with. */
export function chooseMessages(state: RelayState, party: string, draw: Draw): Values | null {
  const caller = drawCaller(state, party, draw)
  if (caller === null) return null
  const subject = drawSubject(state, { party, name: 'to' }, draw)
  const to = accountOf(state, subject['to'] ?? party)
  const addressing = drawAddressing(to, draw)
  const count = namesIn(addressing['devices']).length
  return {
    ...subject,
    ...nextName(accountOf(state, party), 'message', draw),
    ...addressing,
    ...(draw.chance(20) ? { size: draw.oneOf(draw.chance(8) ? LARGE_SIZES : SIZES) } : {}),
    ...drawType(count, draw),
    ...caller,
    ...(addressing['devices'] === 'none' ? {} : drawListBody(MESSAGES_BODY, draw, count > 1 ? LATE : null)),
  }
}

/** Types of the messages, a list where there are several. */
function drawType(count: number, draw: Draw): Values {
  if (!draw.chance(35)) return {}
  if (draw.chance(8)) return { type: draw.oneOf(ODD_TYPES) }
  return { type: Array.from({ length: Math.max(1, count) }, () => draw.oneOf(MESSAGE_TYPES)).join(', ') }
}
