import { subscriberOverrides } from './mailbox-tables.ts'
import type { MStoreSession } from './session.ts'

const LIFETIME = 'lifetime of credentials'
const SECOND_MS = 1000

/** Makes a mailbox as a table has it; credentials then have so many seconds to live. */
export async function openMailbox(
  session: MStoreSession,
  name: string,
  { [LIFETIME]: lifetime, ...table }: Readonly<Record<string, string>>,
): Promise<void> {
  const overrides = Object.keys(table).length === 0 ? undefined : subscriberOverrides(table)
  const { subscriber } = await session.mailbox(name, overrides)
  if (lifetime === undefined) return
  const lifetimeMs = Number(/^(\d+) seconds$/.exec(lifetime)?.[1]) * SECOND_MS
  await session.node.capabilities.subscribers.setBsf(subscriber, { lifetimeMs })
}
