import { namedEntry } from '../../shared/support/named-entry.ts'
import { subscriberOverrides } from './mailbox-tables.ts'
import type { MStoreSession } from './session.ts'

const LIFETIME = 'lifetime of credentials'
const SECOND_MS = 1000
const MOST_DIGITS = 15

/** The numbers beside another: they differ in their last digit, or in length by one. */
const NEIGHBOURS: Readonly<Record<string, (msisdn: string) => string>> = {
  'with another last digit': (msisdn) => `${msisdn.slice(0, -1)}${(Number(msisdn.slice(-1)) + 1) % 10}`,
  'with one digit more': (msisdn) => `${msisdn}0`.slice(0, MOST_DIGITS + 1),
  'with one digit less': (msisdn) => msisdn.slice(0, -1),
}

/** Makes a mailbox as a table has it; credentials then have so many seconds to live. */
export async function openMailbox(
  session: MStoreSession,
  name: string,
  { [LIFETIME]: lifetime, ...table }: Readonly<Record<string, string>>,
): Promise<void> {
  const overrides =
    Object.keys(table).length === 0 ? undefined : subscriberOverrides(await numbered(session, table))
  const { subscriber } = await session.mailbox(name, overrides)
  if (lifetime === undefined) return
  const lifetimeMs = Number(/^(\d+) seconds$/.exec(lifetime)?.[1]) * SECOND_MS
  await session.node.capabilities.subscribers.setBsf(subscriber, { lifetimeMs })
}

/** A table whose `msisdn` is a number beside that of a party: `Alice's with one digit more`. */
async function numbered(
  session: MStoreSession,
  table: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const [, party, words] = /^(\w+)'s (with .+)$/.exec(table['msisdn'] ?? '') ?? []
  if (party === undefined || words === undefined) return table
  const { msisdn } = await session.mailbox(party)
  return { ...table, msisdn: namedEntry('neighbour', NEIGHBOURS, words)(msisdn) }
}
