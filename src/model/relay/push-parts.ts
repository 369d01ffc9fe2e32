import type { Violated } from '../protocol-model.ts'
import { accountOf } from './changes.ts'
import { violated } from './operation.ts'
import type { SeenPush } from './seen.ts'
import type { Expected, RelayState } from './state.ts'

/** The requirement that each message is delivered, and once. */
export const DELIVERED_ONCE = 'RELAY-MESSAGE-36'

const WHOLE = 'RELAY-MESSAGE-44'

/** The types of a message that the relay spec lists. */
export const MESSAGE_TYPES = ['1', '2', '3', '4']

/** Whether the relay spec lists a type. What becomes of one that it does not is nowhere said. */
export function isListed(type: number): boolean {
  return MESSAGE_TYPES.includes(String(type))
}

interface PushPart {
  readonly part: string
  readonly requirement: string
  readonly fits: (push: SeenPush, expected: Expected) => boolean
  readonly wanted: (expected: Expected) => string
  readonly got: (push: SeenPush) => string
}

/** What a push is held against, part by part. */
export const PUSH_PARTS: readonly PushPart[] = [
  {
    part: 'push id',
    requirement: 'RELAY-PUSHID-13',
    fits: ({ to }, { pushIds }) => pushIds === null || pushIds.includes(to),
    wanted: ({ pushIds }) => pushIds?.join(' or ') ?? 'any',
    got: ({ to }) => to,
  },
  {
    part: 'signaling key',
    requirement: 'RELAY-PUSH-18',
    fits: ({ install }, { installs }) => installs.includes(install),
    wanted: ({ installs }) => `that of ${installs.join(' or ')}`,
    got: ({ install }) => `that of ${install}`,
  },
  {
    part: 'source',
    requirement: 'RELAY-PUSH-12',
    fits: ({ source }, { from }) => source === from,
    wanted: ({ from }) => from,
    got: ({ source }) => source,
  },
  {
    part: 'sourceDevice',
    requirement: 'RELAY-PUSH-13',
    fits: ({ sourceDevice }, { fromDevice }) => sourceDevice === String(fromDevice),
    wanted: ({ fromDevice }) => String(fromDevice),
    got: ({ sourceDevice }) => sourceDevice,
  },
  {
    part: 'type',
    requirement: 'RELAY-MESSAGE-23',
    fits: (push, { type }) => push.type === String(type) || !isListed(type),
    wanted: ({ type }) => String(type),
    got: ({ type }) => type,
  },
  {
    part: 'timestamp',
    requirement: 'RELAY-MESSAGE-26',
    fits: ({ timestamp }) => timestamp === 'right',
    wanted: () => 'the one submitted, or the time of the relay',
    got: ({ timestamp }) => timestamp,
  },
  {
    part: 'relay',
    requirement: 'RELAY-PUSH-17',
    fits: ({ relay }, { isHandedOver }) => relay === (isHandedOver ? 'peer' : 'none'),
    wanted: ({ isHandedOver }) => (isHandedOver ? 'the node of the sender' : 'none'),
    got: ({ relay }) => relay,
  },
]

/** A message that was not pushed as it should: where something like it was, the part in which that differs. */
export function lostPush(expected: Expected, open: readonly SeenPush[]): Violated {
  const { message, device } = expected
  const same = open.filter((push) => push.message === message)
  const [near = same[0]] = same.filter((push) => push.device === device)
  if (near === undefined) {
    const isChanged = open.some((push) => push.message.startsWith('unknown') && push.device === device)
    return violated(isChanged ? WHOLE : DELIVERED_ONCE, {
      thing: message,
      expected: 'pushed once',
      got: isChanged ? 'other bytes' : 'not pushed',
    })
  }
  if (near.device !== device)
    return violated('RELAY-MESSAGE-27', {
      thing: `device that got ${message}`,
      expected: String(device),
      got: String(near.device),
    })
  const wrong = PUSH_PARTS.find(({ fits }) => !fits(near, expected))
  return wrong === undefined
    ? violated(DELIVERED_ONCE, {
        thing: message,
        expected: 'pushed once',
        got: 'pushed less often than it was accepted',
      })
    : violated(wrong.requirement, {
        thing: `${wrong.part} of ${message}`,
        expected: wrong.wanted(expected),
        got: wrong.got(near),
      })
}

/** A push that no accepted message accounts for. */
export function unexpectedPush(state: RelayState, party: string, push: SeenPush): Violated {
  const { expected } = accountOf(state, party)
  const { message, device } = push
  const wanted = `nothing to ${push.to} but what was accepted for it`
  const alike = expected.find((each) => each.message === message && each.device === device)
  const wrong = alike === undefined ? undefined : PUSH_PARTS.find(({ fits }) => !fits(push, alike))
  if (alike !== undefined && wrong !== undefined)
    return violated(wrong.requirement, {
      thing: `${wrong.part} of ${message}`,
      expected: wrong.wanted(alike),
      got: wrong.got(push),
    })
  if (alike !== undefined)
    return violated(DELIVERED_ONCE, { thing: `pushes of ${message}`, expected: 'one', got: 'more' })
  return violated('RELAY-MESSAGE-37', {
    thing: `pushes to device ${device} of ${party}`,
    expected: wanted,
    got: message,
  })
}
