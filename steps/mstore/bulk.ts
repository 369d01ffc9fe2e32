import { bulkOf } from '#driver/mstore/answers.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { BulkResult } from '#protocol/mstore/bulk-results.ts'
import { objectOf } from './lookup.ts'
import type { Mailbox } from './mailbox.ts'
import type { ObjectReference } from './parameter-types.ts'
import type { MStoreSession } from './session.ts'

/** The simple URLs of objects, as bulk requests name them, in the order of the scenario and as often. */
export function urlsOf(
  { origin }: MStoreSession,
  mailbox: Mailbox,
  references: readonly ObjectReference[],
): readonly string[] {
  return references.map((reference) => mailbox.objectUrl(origin, objectOf(mailbox, reference).objectPath))
}

/**
 * Makes the bulk request of a scenario; in a Given it must succeed for every object, whatever the status
 * (page, bulkUpdate): that is what its results say.
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
  const { answer, text, exchange } = observed
  const read = answer === null ? null : bulkOf(answer)
  const results = read?.kind === 'results' ? read.results : []
  session.check.that({
    requirement: await session.basicOf(request, observed, { mailbox }),
    thing: `results of ${request.operation}`,
    expected: 'a success for every object',
    got: results.length === 0 ? text : results.map(shown).join(', '),
    holds: results.length > 0 && results.every(({ kind }) => kind === 'success'),
    exchange,
  })
}

function shown({ kind, code }: BulkResult): string {
  return `${kind} ${code}`
}
