import { Then, When } from '@cucumber/cucumber'
import { bulkOf } from '#driver/mstore/answers.ts'
import { bulkUpdate, getObject } from '#driver/mstore/operations.ts'
import { jsonOf } from '#driver/mstore/answers.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { encodedMsisdnUri, msisdnUri } from '#protocol/mstore/msisdn.ts'
import { isSameUrl, objectPathOf, parseResourceUrl, rewriteUrl } from '#protocol/mstore/urls.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { at } from './members.ts'
import { readMembers } from './objects.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import { latest } from './search.ts'
import { foundOn } from './support/searched.ts'
import type { MStoreSession } from './support/session.ts'

When(
  '{party} asks for the {word} of {mailObject} as it stands',
  async function (this: TouchstoneWorld, name: string, member: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const object = await readMembers(this.mstore, mailbox, reference)
    const url = textAt(object, member === 'href' ? 'payloadPart.0.href' : member)
    const target = /^https?:\/\/[^/]+(\/.*)$/.exec(url)?.[1] ?? url
    await this.mstore.act({ ...getObject(mailbox.msisdn, ''), target }, { mailbox })
  },
)

/** `extended` as the object has it, or `decoded`: the simple one with `tel:+` in it. */
When(
  '{party} adds the flag {string} to {mailObject} by its {word} URL',
  async function (
    this: TouchstoneWorld,
    name: string,
    flag: string,
    reference: ObjectReference,
    form: string,
  ) {
    const { mstore } = this
    const mailbox = await mstore.mailbox(name)
    const extended = textAt(await readMembers(mstore, mailbox, reference), 'resourceURL')
    const path = objectPathOf(extended) ?? ''
    const decoded = mailbox
      .objectUrl(mstore.origin, path)
      .replace(encodedMsisdnUri(mailbox.msisdn), msisdnUri(mailbox.msisdn))
    const urls = [form === 'extended' ? extended : decoded]
    const request = bulkUpdate(mailbox.msisdn, { urls, operation: 'AddFlag', flags: [flag] })
    await mstore.act({ ...request, contract: undefined }, { mailbox })
  },
)

Then('every URL of the results is simple', function (this: TouchstoneWorld) {
  const { observed } = this.mstore.turn
  const read = observed.answer === null ? null : bulkOf(observed.answer)
  const urls = read?.kind === 'results' ? read.results.flatMap(({ url }) => url ?? []) : []
  this.mstore.check.that({
    thing: 'URLs of the results',
    expected: 'one or more, each below https://<host>/phone20/mStoreRelay/oemclient/',
    got: urls.length === 0 ? observed.text : urls.join(', '),
    holds: urls.length > 0 && urls.every(isSimple),
    exchange: observed.exchange,
  })
})

Then('each object found is where its URL says', async function (this: TouchstoneWorld) {
  const found = foundOn(latest(this.mstore))
  this.mstore.check.that({
    thing: 'objects found',
    expected: 'one or more',
    got: String(found.length),
    holds: found.length > 0,
  })
  for (const { resourceURL } of found) await assertThere(this.mstore, resourceURL)
})

/** Whether a URL is a simple one, without the port that extended ones show. */
function isSimple(url: string): boolean {
  const parsed = parseResourceUrl(url)
  return parsed.kind === 'simple' && !parsed.authority.endsWith(':443')
}

async function assertThere(session: MStoreSession, resourceURL: string): Promise<void> {
  const { check, turn } = session
  const { mailbox } = turn
  const rewritten = rewriteUrl(resourceURL, session.origin)
  const target = rewritten.kind === 'parse-error' ? resourceURL : rewritten.target
  const request = { ...getObject(mailbox.msisdn, ''), target }
  const answer = await session.succeed(request, { mailbox, requirement: check.requirement })
  const json = jsonOf(answer)
  const got = json.kind === 'json' ? textAt(membersOf(json.plain)['object'], 'resourceURL') : json.reason
  const holds = isSameUrl(resourceURL, got)
  check.that({ thing: 'resourceURL of the object', expected: resourceURL, got, holds })
}

function textAt(inside: unknown, path: string): string {
  const value = at(inside, path)
  return typeof value === 'string' ? value : ''
}
