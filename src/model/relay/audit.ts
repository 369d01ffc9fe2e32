import type { Ask, Values } from '../ask.ts'
import type { Account, Device, RelayState } from './state.ts'
import { credentialsOf, FIRST } from './credentials.ts'
import { standingOf } from './standing.ts'

/** How often the last resort key is fetched, which stays. */
const LAST_RESORTS = 3
/** Keys of a device that are fetched at most to see what is left of them, and those of the device that has the most. */
const MOST_FETCHES = 5
const MOST_FETCHES_OF_ONE = 20

/** Reads that show all that the relay keeps for the parties of a walk. */
export function audit(state: RelayState): readonly Ask[] {
  const accounts = Object.values(state.accounts)
  const callers = accounts.filter((account) => standingOf(account) === 'registered')
  const [caller] = callers.filter(({ node }) => node === 'target')
  if (caller === undefined) return []
  return [
    ...receipts(state),
    ...callers.map(({ name }) =>
      ask(name, 'query the directory', { contacts: accounts.map(nameOf).join(', ') }),
    ),
    ...accounts.flatMap(formerPasswords),
    ...accounts.flatMap((account) => knocks(account, caller)),
    ...accounts.flatMap(revival),
    ...accounts.flatMap((account) => farewell(account, caller)),
    ...receipts(state),
    ...Object.keys(state.attachments).map((attachment) =>
      ask(caller.name, 'download an attachment', { attachment }),
    ),
    ...fetches(callers, caller),
  ]
}

function nameOf({ name }: Account): string {
  return name
}

function receipts({ known, accounts }: RelayState): readonly Ask[] {
  if (!known.can.pushes) return []
  return Object.values(accounts)
    .filter(({ devices }) => devices.length > 0)
    .map(({ name }) => ask(name, 'receive what was pushed', {}))
}

/** Passwords that must not work. */
function formerPasswords({ name, former, devices }: Account): readonly Ask[] {
  if (devices.length === 0) return []
  const query = (values: Values): Ask => ask(name, 'query the directory', values)
  const gone = former.filter(({ install }) => !install.startsWith('registration ')).slice(-2)
  const others = devices.filter((device) => device.name !== FIRST && device.isSure)
  return [
    ...former.slice(-2).map((each) => query({ credentials: credentialsOf(each) })),
    ...others.flatMap((device) =>
      gone.map((each) => query({ device: device.name, credentials: credentialsOf(each) })),
    ),
  ]
}

/** A message for a number that is not registered, and a request for its keys: both must be refused. */
function knocks(account: Account, caller: Account): readonly Ask[] {
  const standing = standingOf(account)
  if (standing !== 'unknown' && standing !== 'unregistered') return []
  const { name, node } = account
  return [
    ask(caller.name, 'send messages', { to: name, as: nextMessage(caller, name), ...relayTo(node, caller) }),
    ask(caller.name, 'fetch prekeys', { of: name, ...relayTo(node, caller) }),
  ]
}

function nextMessage({ name, used }: Account, to: string): string {
  return `message ${(used['message'] ?? 0) + 1} of ${name} to ${to}`
}

/** A push id for a number whose only device has none. */
function revival({ name, devices, used }: Account): readonly Ask[] {
  const [device] = devices
  if (device === undefined || devices.length > 1 || !device.isSure || device.counts === 'yes') return []
  return [ask(name, 'set a push id', { as: `push id ${(used['push id'] ?? 0) + 1} of ${name}` })]
}

/** A message to every device that the account certainly has. */
function farewell({ name, devices, node }: Account, caller: Account): readonly Ask[] {
  const isRevived = devices.length === 1 && devices.every(({ isSure }) => isSure)
  if (name === caller.name || devices.length === 0) return []
  if (!isRevived && !devices.every(isReached)) return []
  const names = devices.map((device) => device.name).join(', ')
  return [
    ask(caller.name, 'send messages', {
      to: name,
      as: nextMessage(caller, name),
      ...(names === '1' ? {} : { devices: names }),
      ...relayTo(node, caller),
    }),
  ]
}

function isReached({ isSure, counts }: Device): boolean {
  return isSure && counts === 'yes'
}

/** As many keys of each device as are left, and the last resort key some times. */
function fetches(owners: readonly Account[], caller: Account): readonly Ask[] {
  const stocked = owners.flatMap((account) =>
    account.devices
      .filter((device) => device.keys?.isSure === true && isReached(device))
      .map((device) => ({ account, device, left: device.keys?.current.fresh.length ?? 0 })),
  )
  const fullest = stocked.toSorted((one, other) => other.left - one.left)[0]
  return stocked.flatMap((owned) => {
    const { account, device, left } = owned
    const most = owned === fullest ? MOST_FETCHES_OF_ONE : MOST_FETCHES
    const target: Values = device.name === FIRST ? {} : { target: device.name }
    return Array.from({ length: Math.min(left + LAST_RESORTS, most) }, () =>
      ask(caller.name, 'fetch prekeys', { of: account.name, ...target, ...relayTo(account.node, caller) }),
    )
  })
}

function relayTo(node: Account['node'], caller: Account): Values {
  return node === caller.node ? {} : { relay: 'peer' }
}

function ask(party: string, operation: string, values: Values): Ask {
  return { party, operation, values }
}
