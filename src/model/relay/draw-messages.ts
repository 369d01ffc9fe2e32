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
import { valuesOfMessage } from './expected-pushes.ts'
import type { Account, RelayState } from './state.ts'

const LATE = 'the last message without body'

/** The requirements that a malformed submission violates, by what is wrong with its body. */
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

/** Sizes at which something may end: a block, a length of one byte or of a varint, a page. */
const SIZES = [
  0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 512, 1000, 1023, 1024,
]
const LARGE_SIZES = [2048, 4096, 32_768]
const SIZED_IN_A_HUNDRED = 30
/** Of a hundred asks so many send bytes that their recipient was sent before. */
const AGAIN_IN_A_HUNDRED = 15

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
    ...(drawAgain(to, draw) ?? drawNext(accountOf(state, party), draw)),
    ...addressing,
    ...drawType(count, draw),
    ...caller,
    ...(addressing['devices'] === 'none' ? {} : drawListBody(MESSAGES_BODY, draw, count > 1 ? LATE : null)),
  }
}

function drawNext(account: Account, draw: Draw): Values {
  const size = draw.chance(SIZED_IN_A_HUNDRED)
    ? { size: String(draw.oneOf(draw.chance(8) ? LARGE_SIZES : SIZES)) }
    : {}
  return { ...nextName(account, 'message', draw), ...size }
}

/** Now and then bytes that were accepted for the recipient before, from whoever; null where they are others. */
function drawAgain({ expected }: Account, draw: Draw): Values | null {
  if (expected.length === 0 || !draw.chance(AGAIN_IN_A_HUNDRED)) return null
  return valuesOfMessage(draw.oneOf(expected).message)
}

/** Types of the messages, a list where there are several. */
function drawType(count: number, draw: Draw): Values {
  if (!draw.chance(35)) return {}
  if (draw.chance(8)) return { type: draw.oneOf(ODD_TYPES) }
  return { type: Array.from({ length: Math.max(1, count) }, () => draw.oneOf(MESSAGE_TYPES)).join(', ') }
}
