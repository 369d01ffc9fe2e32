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

/** The next name of a kind that the account has not used. */
export function nextName({ used }: Account, kind: string): string {
  return String((used[kind] ?? 0) + 1)
}

/** The account once that name of a kind is used. */
export function withName(account: Account, kind: string, name: string): Account {
  const used = Math.max(account.used[kind] ?? 0, Number(name))
  return { ...account, used: { ...account.used, [kind]: used } }
}
