import { readQuota } from './mailbox-reading.ts'
import type { RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

/** The quota of a folder as it is now: numbers that are so many more than was known before, `1 more`, `0 more`. */
export async function quotaRows(
  session: MStoreSession,
  [name = '', word]: readonly string[],
): Promise<RowComparison> {
  const mailbox = await session.mailbox(name)
  const folder = word === 'voicemails' ? 'voicemails' : 'greetings'
  const before = mailbox.known(folder)
  const quota = await readQuota(session, mailbox, folder)
  return (attribute, change) => {
    const more = Number(/^(-?\d+) more$/.exec(change)?.[1])
    const expected = String(Number(before.get(`${folder} ${attribute}`)) + more)
    const got = quota.get(attribute) ?? 'none'
    return { thing: `attribute ${attribute}`, expected, got, holds: got === expected }
  }
}
