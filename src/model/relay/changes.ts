import type { NamedKind } from './given-names.ts'
import type { Account, Device, RelayState } from './state.ts'

/** The account of a party; a walk that names another party is wrong in itself. */
export function accountOf({ accounts }: RelayState, party: string): Account {
  const account = accounts[party]
  if (account === undefined)
    throw new Error(`party: expected ${Object.keys(accounts).join(', ')}; got "${party}"`)
  return account
}

/** The device of that name; undefined where the party has none. */
export function deviceOf({ devices }: Account, name: string): Device | undefined {
  return devices.find((device) => device.name === name)
}

/** Whether the party has, or may have, a device of that id. */
export function hasId({ devices }: Account, id: string): boolean {
  return devices.some((device) => device.id === Number(id))
}

/** The state with another account of that party. */
export function withAccount(
  state: RelayState,
  party: string,
  change: (account: Account) => Account,
): RelayState {
  return { ...state, accounts: { ...state.accounts, [party]: change(accountOf(state, party)) } }
}

/** The account with another device of that name. */
export function withDevice(account: Account, name: string, change: (device: Device) => Device): Account {
  return {
    ...account,
    devices: account.devices.map((device) => (device.name === name ? change(device) : device)),
  }
}

/** The account once that name of a kind is used. */
export function withName(account: Account, kind: NamedKind, name: string): Account {
  const used = Math.max(account.used[kind] ?? 0, Number(name))
  return { ...account, used: inOrder({ ...account.used, [kind]: used }) }
}

/** The record with its members by name: two orders of the same asks end in the same state. */
export function inOrder<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** The items by their JSON text, each as often as it was there. */
export function sorted<Item>(items: readonly Item[]): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: JSON.stringify(item) }))
  return keyed.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ item }) => item)
}
