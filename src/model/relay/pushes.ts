import type { Violated } from '../protocol-model.ts'
import { accountOf } from './changes.ts'
import { received } from './expected-pushes.ts'
import { allowed, modelOperation, violated, type RelayOperation } from './operation.ts'
import type { RelaySeen, SeenPush } from './seen.ts'
import type { Expected, RelayState } from './state.ts'
import type { ModelOperation } from '../protocol-model.ts'

const NAME = 'receive what was pushed'
const DELIVERED_ONCE = 'RELAY-MESSAGE-36'
const WHOLE = 'RELAY-MESSAGE-44'

const OPERATION: RelayOperation = {
  name: NAME,
  area: 'PUSH',
  basic: DELIVERED_ONCE,
  isLimited: false,
  weight: ({ known, accounts }) =>
    known.can.pushes && Object.values(accounts).some(({ expected }) => expected.length > 0) ? 8 : 0,
  choose: (state, party) => (accountOf(state, party).devices.length > 0 ? {} : null),
  applies: ({ known, accounts }, { party }) => known.can.pushes && party in accounts,
  situation: (state, { party }) => {
    const { expected } = accountOf(state, party)
    return expected.length === 0 ? 'no message' : expected.length < 5 ? 'a few messages' : 'many messages'
  },
  situations: ['no message', 'a few messages', 'many messages'],
  faults: () => [],
  leave: () => 'none',
  granted: (state) => allowed(state),
}

/** Looking at all that was pushed to a party in this walk. It is no request, so that it has no status. */
export const RECEIVE: ModelOperation<RelayState, RelaySeen> = {
  ...modelOperation(OPERATION),
  judge: (state, { party }, { pushes = [] }) => {
    const matched = match(accountOf(state, party).expected, pushes)
    const [odd] = matched.open
    if (matched.lost !== null) return lost(matched.lost, matched.open)
    if (odd !== undefined) return unexpected(state, party, odd)
    return allowed(received(state, party, matched.pushed), DELIVERED_ONCE)
  },
}

interface Matched {
  /** A message that had to be pushed and was not; null where there is none. */
  readonly lost: Expected | null
  /** Pushes that no accepted message accounts for. */
  readonly open: readonly SeenPush[]
  readonly pushed: readonly Expected[]
}

/** Every push carries a message that was accepted, each of which was pushed once to one place. */
function match(expected: readonly Expected[], pushes: readonly SeenPush[]): Matched {
  const open = [...pushes]
  const pushed: Expected[] = []
  for (const each of expected) {
    const taken = distinct(
      open.filter((push) => carries(push, each)),
      each,
    )
    if (taken.length === 0 && each.isSure) return { lost: each, open, pushed }
    for (const push of taken) {
      open.splice(open.indexOf(push), 1)
      pushed.push({ ...each, pushIds: [push.to], isSure: true })
    }
  }
  return { lost: null, open, pushed }
}

/** Whether the push is one of that message, in every part. */
function carries(push: SeenPush, expected: Expected): boolean {
  return (
    push.message === expected.message &&
    push.device === expected.device &&
    MATCHES.every(({ fits }) => fits(push, expected))
  )
}

/** One push to each place at most: a device may have two push ids. */
function distinct(pushes: readonly SeenPush[], { pushIds }: Expected): readonly SeenPush[] {
  if (pushIds === null) return pushes.slice(0, 1)
  return pushIds.flatMap((id) => pushes.filter(({ to }) => to === id).slice(0, 1))
}

interface Match {
  readonly part: string
  readonly requirement: string
  readonly fits: (push: SeenPush, expected: Expected) => boolean
  readonly wanted: (expected: Expected) => string
  readonly got: (push: SeenPush) => string
}

const MATCHES: readonly Match[] = [
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
    fits: (push, { install }) => push.install === install,
    wanted: ({ install }) => `that of ${install}`,
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
    fits: (push, { type }) => push.type === String(type),
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
function lost(expected: Expected, open: readonly SeenPush[]): Violated {
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
  const wrong = MATCHES.find(({ fits }) => !fits(near, expected))
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
function unexpected(state: RelayState, party: string, push: SeenPush): Violated {
  const { expected } = accountOf(state, party)
  const { message, device } = push
  const wanted = `nothing to ${push.to} but what was accepted for it`
  const alike = expected.find((each) => each.message === message && each.device === device)
  const wrong = alike === undefined ? undefined : MATCHES.find(({ fits }) => !fits(push, alike))
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
