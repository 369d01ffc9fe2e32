import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf, inOrder, sorted, withAccount } from './changes.ts'
import { waitingAlso } from './expected-pushes.ts'
import { countsWithoutPushId, replaced } from './installs.ts'
import { allowed, modelOperation, type RelayOperation } from './operation.ts'
import type { RelaySeen } from './seen.ts'
import type { Account, Device, RelayState } from './state.ts'
import type { ModelOperation } from '../protocol-model.ts'

/** Names of devices that are added. */
const DEVICE_NAMES = [
  'tablet',
  'desktop',
  'laptop',
  'watch',
  'netbook',
  'phone',
  'reader',
  'console',
] as const

const MOST_DEVICES = 3

const OPERATION: RelayOperation = {
  name: 'add a device',
  area: 'AUTH',
  basic: 'RELAY-AUTH-01',
  weight: ({ known }) => (known.can.devices ? 12 : 0),
  choose,
  applies: (state, { party, values }) => {
    const account = state.accounts[party]
    const isSure = account?.devices[0]?.isSure === true
    return isSure && !account.devices.some(({ name }) => name === values['as'])
  },
  situation: (state, { party }) =>
    accountOf(state, party).devices.length <= 1 ? 'the second' : 'a further one',
  situations: ['the second', 'a further one'],
  mistakes: () => [],
  leave: () => 'none',
  granted: (state) => allowed(state),
}

/** A device is added to an account: by a capability, since the relay spec has no operation for it (E-30). */
export const ADD_A_DEVICE: ModelOperation<RelayState, RelaySeen> = {
  ...modelOperation(OPERATION),
  judge: (state, ask, { device }) => allowed(device === undefined ? state : added(state, ask, device)),
}

function choose(state: RelayState, party: string, draw: Draw): Values | null {
  const account = accountOf(state, party)
  if (
    account.devices[0]?.isSure !== true ||
    account.devices.filter(({ isSure }) => isSure).length >= MOST_DEVICES
  )
    return null
  const names = DEVICE_NAMES.filter((name) => !isUsed(account, name))
  return names.length === 0 ? null : { as: draw.oneOf(names) }
}

function isUsed({ used, devices }: Account, name: string): boolean {
  return (used[name] ?? 0) > 0 || devices.some((device) => device.name === name)
}

/**
 * The device; one that may have had its id before is certainly gone, and its password with it. What becomes of keys that were stored under that id is
 * nowhere said.
 */
function added(state: RelayState, { party, values }: Ask, id: number): RelayState {
  const name = values['as'] ?? DEVICE_NAMES[0]
  const before = accountOf(state, party).devices.filter((each) => each.id === id)
  const { keys = null } = before[0] ?? {}
  const device: Device = {
    name,
    id,
    install: name,
    isSure: true,
    pushIds: [],
    hadIds: [],
    counts: countsWithoutPushId(state),
    keys: keys === null ? null : { ...keys, isSure: false },
  }
  return withAccount(state, party, (account) => ({
    ...waitingAlso(account, { device: id, installs: [name] }),
    used: inOrder({ ...account.used, [name]: 1 }),
    former: sorted([...account.former, ...before.map(replaced)]),
    devices: [...account.devices.filter((each) => each.id !== id), device].toSorted(
      (one, other) => one.id - other.id,
    ),
  }))
}
