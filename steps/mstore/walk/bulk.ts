import { bulkDelete, bulkUpdate } from '#driver/mstore/operations.ts'
import { bulkItemsOf } from '#driver/mstore/answers.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { ownerOf } from '#model/mstore/guarded.ts'
import { itemsOf } from '#model/mstore/naming.ts'
import type { MStoreSeen, SeenResult } from '#model/mstore/seen.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { isSameResource } from '#protocol/mstore/urls.ts'
import { percentInSmallLetters } from '#protocol/percent.ts'
import { readResults } from '../support/bulk-results.ts'
import { withBodySaid } from './bodies.ts'
import { call, type Performing } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import { foreignPath, ownerOfName, pathOf } from './places.ts'

/** Sets or clears flags in bulk. */
export const updateInBulk: MStorePerformer = (performing) => {
  const { values } = performing.ask
  const flags = 'flags' in values ? itemsOf(values, 'flags') : [SEEN]
  return inBulk(performing, (msisdn, urls) =>
    bulkUpdate(msisdn, { urls, operation: values['operation'] ?? '', flags }),
  )
}

/** Deletes in bulk. */
export const deleteInBulk: MStorePerformer = async (performing) => {
  const { ask } = performing
  const { objects } = await ownerIn(performing)
  const seen = await inBulk(performing, bulkDelete)
  if ('kind' in seen) return seen
  const own = itemsOf(ask.values, 'objects').filter((name) => ownerOfName(name, '') === ownerOf(ask))
  for (const name of own) if (mayBeDone(seen, name)) objects.leave(name)
  return seen
}

/** Whether an answer says that an object was worked on, or does not say what became of it. */
function mayBeDone({ results }: MStoreSeen, name: string): boolean {
  if (results === undefined) return false
  return results === 'hidden' || results.some(({ object, isSuccess }) => object === name && isSuccess)
}

/** The URL of an object in a bulk request, by the name that it has there. */
type NamedUrl = readonly [name: string, url: string]

async function inBulk(
  performing: Performing,
  requestFor: (msisdn: string, urls: readonly string[]) => WireRequest,
): ReturnType<MStorePerformer> {
  const { ask } = performing
  const { mailbox } = await ownerIn(performing)
  const named = await urlsOf(performing)
  const request = requestFor(
    mailbox.msisdn,
    named.map(([, url]) => url),
  )
  const lax = { ...request, contract: undefined }
  const called = await call(performing, withBodySaid(lax, ask.values))
  if (called.kind === 'violated') return called
  return called.answer === null ? called.seen : withResults(called.seen, called.answer, named)
}

async function urlsOf(performing: Performing): Promise<readonly NamedUrl[]> {
  const { walk, ask } = performing
  const owner = ownerOf(ask)
  const urls: NamedUrl[] = []
  for (const name of itemsOf(ask.values, 'objects')) {
    const known = urls.find(([other]) => other === name)?.[1]
    // The second time in another spelling of the same URL (MSTORE-URL-07)
    urls.push([name, known === undefined ? await urlOf(performing, name) : percentInSmallLetters(known)])
  }
  const { mailbox, objects } = await walk.party(owner)
  for (let more = Number(ask.values['unknown objects'] ?? 0); more > 0; more -= 1)
    urls.push(['an unknown voicemail', mailbox.objectUrl(walk.session.origin, objects.never('voicemails'))])
  return urls
}

/** The URL of an object in the mailbox that has it, or of another's in that of the party that asks. */
async function urlOf(performing: Performing, name: string): Promise<string> {
  const { walk, ask } = performing
  const owner = ownerOf(ask)
  const holder = ownerOfName(name, owner)
  const isMoved = holder !== owner && "others' objects" in ask.values
  const { mailbox } = await walk.party(isMoved ? owner : holder)
  const path = isMoved ? await foreignPath(performing, [holder, name]) : await pathOf(walk, holder, name)
  return mailbox.objectUrl(walk.session.origin, path)
}

function withResults(seen: MStoreSeen, answer: Answer, named: readonly NamedUrl[]): MStoreSeen {
  const results = readResults(answer)
  if (results !== null) return { ...seen, results: results.map((result) => resultSeen(result, named)) }
  return bulkItemsOf(answer).kind === 'network-error' ? { ...seen, results: 'hidden' } : seen
}

function resultSeen(
  { kind, url }: { readonly kind: string; readonly url: string | null },
  named: readonly NamedUrl[],
): SeenResult {
  const name = named.find(([, asked]) => url !== null && isSameResource(asked, url))?.[0]
  return { object: name ?? `unknown "${url ?? 'no URL'}"`, isSuccess: kind === 'success' }
}
