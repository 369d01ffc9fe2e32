import type { WireRequest } from '#driver/wire-request.ts'
import { toldResults } from './bulk-results.ts'
import { objectOf } from './lookup.ts'
import type { Mailbox } from './mailbox.ts'
import type { ObjectReference } from './parameter-types.ts'
import type { MStoreSession } from './session.ts'
import { isSuccess } from './observed.ts'

/** The simple URLs of objects, as bulk requests name them, in the order of the scenario and as often. */
export function urlsOf(
  { origin }: MStoreSession,
  mailbox: Mailbox,
  references: readonly ObjectReference[],
): readonly string[] {
  return references.map((reference) => mailbox.objectUrl(origin, objectOf(mailbox, reference).objectPath))
}

/**
 * Makes the bulk request of a scenario; in a Given it must succeed for every object: its results say so, whatever
 * the status (page, bulkUpdate), or where none can be read the status does.
 */
export async function actInBulk(
  session: MStoreSession,
  mailbox: Mailbox,
  request: WireRequest,
): Promise<void> {
  if (!session.preparing) {
    await session.act(request, { mailbox })
    return
  }
  const observed = await session.ask(request, { mailbox })
  const { answer, text, exchange, status } = observed
  const results = (answer === null ? null : toldResults(answer)) ?? []
  session.check.that({
    requirement: await session.basicOf(request, observed, { mailbox }),
    thing: `results of ${request.operation}`,
    expected: 'a success for every object',
    got: [text, ...results.map(({ kind }) => kind)].join(', '),
    holds: results.length === 0 ? isSuccess(status) : results.every(({ kind }) => kind === 'success'),
    exchange,
  })
}
