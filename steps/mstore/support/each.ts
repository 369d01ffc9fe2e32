import { jsonOf } from '#driver/mstore/answers.ts'
import { getObject } from '#driver/mstore/operations.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isSameUrl, parseResourceUrl, rewriteUrl } from '#protocol/mstore/urls.ts'
import { textAt } from './answer-members.ts'
import { resultsAtHand, urlsAsked } from './bulk-results.ts'
import { comparedFlag } from './flag-case.ts'
import { foundObjects, latestSearch, type FoundObject } from './found-objects.ts'
import type { MStoreSession } from './session.ts'

const EITHER_FLAG = /^flagged (?:either )?(\S+)(?: or (\S+))?$/
const WITHOUT_FLAG = /^not flagged (\S+)$/

/**
 * Asserts of each `URL` of the results that it is `simple`, or of each `object` found that it is `where its
 * resourceURL says`, `flagged FLAG`, `flagged either FLAG or FLAG` or `not flagged FLAG`. There must be one.
 */
export async function assertEach(session: MStoreSession, thing: string, wanted: string): Promise<void> {
  const flags = flagsIn(EITHER_FLAG.exec(wanted))
  const unwanted = WITHOUT_FLAG.exec(wanted)?.[1]
  if (thing === 'URL' && wanted === 'simple') assertSimpleUrls(session)
  else if (thing === 'object' && wanted === 'where its resourceURL says') await assertAllThere(session)
  else if (thing === 'object' && flags.length > 0) assertOneFlag(session, flags)
  else if (thing === 'object' && unwanted !== undefined) assertNoFlag(session, unwanted)
  else throw new Error(`the answer: unknown "${thing}" that is "${wanted}"`)
}

/** The flags that were found in the words, one or two. */
function flagsIn(found: readonly (string | undefined)[] | null): readonly string[] {
  return (found ?? []).slice(1).filter((flag) => flag !== undefined)
}

function assertSimpleUrls(session: MStoreSession): void {
  const { check, turn } = session
  const { text, exchange } = turn.observed
  const urls = resultsAtHand(session, urlsAsked(session).length > 1).flatMap(({ url }) => url ?? [])
  check.that({
    thing: 'URLs of the results',
    expected: 'one or more, each below https://<host>/phone20/mStoreRelay/oemclient/',
    got: urls.length === 0 ? text : urls.join(', '),
    lasting: { got: urls.length === 0 ? text : 'others' },
    holds: urls.length > 0 && urls.every(isSimple),
    exchange,
  })
}

function isSimple(url: string): boolean {
  return parseResourceUrl(url).kind === 'simple'
}

function assertOneFlag(session: MStoreSession, flags: readonly string[]): void {
  const { check, target, turn } = session
  const compared = (flag: string) => comparedFlag(flag, target.dialect)
  const wanted = new Set(flags.map(compared))
  const found = foundObjects(latestSearch(session))
  const isFlagged = ({ flags: own }: FoundObject) =>
    [...new Set(own.map(compared))].filter((flag) => wanted.has(flag)).length === 1
  check.that({
    thing: 'flags of the objects',
    expected: `one or more objects, each with one of ${flags.join(' ')}`,
    got: found.map(({ path, flags: own }) => `${path}: ${own.join(' ')}`).join('; '),
    lasting: { got: flagsOf(found) },
    holds: found.length > 0 && found.every(isFlagged),
    exchange: turn.observed.exchange,
  })
}

function assertNoFlag(session: MStoreSession, unwanted: string): void {
  const { check, target, turn } = session
  const compared = (flag: string) => comparedFlag(flag, target.dialect)
  const found = foundObjects(latestSearch(session))
  check.that({
    thing: 'flags of the objects',
    expected: `one or more objects, each without ${unwanted}`,
    got: found.map(({ path, flags }) => `${path}: ${flags.join(' ')}`).join('; '),
    lasting: { got: flagsOf(found) },
    holds: found.length > 0 && found.every(({ flags }) => !flags.map(compared).includes(compared(unwanted))),
    exchange: turn.observed.exchange,
  })
}

/** The sets of flags that objects have, whichever object has which. */
function flagsOf(found: readonly FoundObject[]): string {
  const sets = found.map(({ flags }) => (flags.length === 0 ? 'no flag' : flags.toSorted().join(' ')))
  return sets.length === 0 ? 'no object' : [...new Set(sets)].toSorted().join('; ')
}

async function assertAllThere(session: MStoreSession): Promise<void> {
  const found = foundObjects(latestSearch(session))
  const [got, holds] = [String(found.length), found.length > 0]
  session.check.that({ thing: 'objects found', expected: 'one or more', got, holds })
  for (const object of found) await assertThere(session, object)
}

async function assertThere(session: MStoreSession, { resourceURL }: FoundObject): Promise<void> {
  const { check, turn } = session
  const { mailbox } = turn
  const rewritten = rewriteUrl(resourceURL, session.origin)
  const target = rewritten.kind === 'parse-error' ? resourceURL : rewritten.target
  const request = { ...getObject(mailbox.msisdn, ''), target }
  const answer = await session.succeed(request, mailbox, { requirement: check.requirement })
  const json = jsonOf(answer)
  const got = json.kind === 'json' ? textAt(membersOf(json.plain)['object'], 'resourceURL') : json.reason
  const holds = isSameUrl(resourceURL, got)
  const lasting = { expected: 'the one found', got: 'another' }
  check.that({ thing: 'resourceURL of the object', expected: resourceURL, got, lasting, holds })
}
