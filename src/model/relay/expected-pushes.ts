import type { Ask, Values } from '../ask.ts'
import type { Addressed } from './addressed.ts'
import { accountOf, sorted, withAccount } from './changes.ts'
import { callerOf } from './credentials.ts'
import { originOf } from './kept-parts.ts'
import { subjectOf } from './numbers.ts'
import type { Account, Device, Expected, RelayState } from './state.ts'

/** The name of what a message without bytes is. */
export const NO_BYTES = 'nothing'

/** The name of the bytes that an ask sends to a device: the same in the model and on the wire. */
export function messageName({ values }: Ask, device: string): string {
  const { as: name = 'message', size } = values
  if (size === '0') return NO_BYTES
  return `${name}${size === undefined ? '' : `, ${size} bytes`} for ${device}`
}

/** The values by which an ask sends the bytes of that name once more; none where they are no bytes. */
export function valuesOfMessage(message: string): Values | null {
  const [, name, size] = /^(message \d+ of \w+(?: to \w+)?)(?:, (\d+) bytes)? for /.exec(message) ?? []
  return name === undefined ? null : { as: name, ...(size === undefined ? {} : { size }) }
}

/** The state once a set of messages was accepted: each is on its way to its device. */
export function accepted(state: RelayState, ask: Ask, addressed: readonly Addressed[]): RelayState {
  const to = subjectOf(state, ask, 'to')
  const coming = addressed.flatMap((each, index) => {
    const isAmongTwo = addressed.some(({ id }, place) => id === each.id && place !== index)
    return expectedOf(state, ask, { ...each, type: typeOf(ask, index), isAmongTwo })
  })
  return withAccount(state, to.name, (account) => ({
    ...account,
    expected: sorted([...account.expected, ...coming]),
  }))
}

/** The state once all that was pushed to a party was seen. What had not to be pushed may be pushed yet. */
export function received(
  state: RelayState,
  party: string,
  { pushed, waiting }: { readonly pushed: readonly Expected[]; readonly waiting: readonly Expected[] },
): RelayState {
  return withAccount(state, party, (account) => ({ ...account, expected: sorted([...pushed, ...waiting]) }))
}

/** Where else, and how, what waits for a device may reach it. */
interface FurtherWay {
  readonly device: number | undefined
  readonly pushIds?: readonly string[]
  readonly installs?: readonly string[]
}

/** The account once a device has another push id or signaling key: a relay may have kept for it what it could not push. */
export function waitingAlso(account: Account, { device, pushIds = [], installs = [] }: FurtherWay): Account {
  const also = (each: Expected): Expected => ({
    ...each,
    pushIds: each.pushIds === null ? null : [...new Set([...each.pushIds, ...pushIds])],
    installs: [...new Set([...each.installs, ...installs])],
  })
  const expected = account.expected.map((each) => (each.isSure || each.device !== device ? each : also(each)))
  return { ...account, expected: sorted(expected) }
}

/** The type of a message of a set, by its place: the last one that the ask names stands for those behind it. */
export function typeOf({ values: { type = '1' } }: Ask, index: number): number {
  const types = type.split(', ')
  return Number(types[index] ?? types.at(-1) ?? '1')
}

/** A message of a set, its type, and whether another is for the same device: what becomes of the two is open (E-68). */
interface SetMessage extends Addressed {
  readonly type: number
  readonly isAmongTwo: boolean
}

function expectedOf(
  state: RelayState,
  ask: Ask,
  { name, device, type, isAmongTwo }: SetMessage,
): readonly Expected[] {
  if (device === undefined) return []
  const to = subjectOf(state, ask, 'to')
  const isReachable = device.pushIds.length > 0 || state.known.reachableBy === 'confirmation'
  return [
    {
      message: messageName(ask, name),
      from: ask.party,
      fromDevice: callerOf(state, ask)?.id ?? 1,
      device: device.id,
      type,
      installs: [originOf(to, 'signaling key', device.install)],
      pushIds: placesOf(state, device),
      isSure: isReachable && device.isSure && device.counts === 'yes' && !isAmongTwo,
      isHandedOver: to.node !== accountOf(state, ask.party).node,
    },
  ]
}

function placesOf({ known }: RelayState, { pushIds }: Device): readonly string[] | null {
  if (pushIds.length === 0 && known.reachableBy === 'confirmation') return null
  return pushIds.map(({ kind, name }) => `${kind} ${name}`)
}
