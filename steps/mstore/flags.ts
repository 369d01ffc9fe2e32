import { Then, When } from '@cucumber/cucumber'
import { bulkOf } from '#driver/mstore/answers.ts'
import { deleteFlag, putFlag } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { objectOf } from './support/lookup.ts'
import type { Mailbox } from './support/mailbox.ts'
import { isSuccess } from './support/observed.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import { latest } from './search.ts'
import { foundOn } from './support/searched.ts'
import type { MStoreSession } from './support/session.ts'

When(
  '{party} sets/set the flag {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, flag: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await actOnFlag(this.mstore, mailbox, putFlag(mailbox.msisdn, { objectPath, flag }))
  },
)

When(
  '{party} clears/cleared the flag {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, flag: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await actOnFlag(this.mstore, mailbox, deleteFlag(mailbox.msisdn, { objectPath, flag }))
  },
)

/** A status that is no success, or results of which none is one. */
Then('the mStore reports no success', function (this: TouchstoneWorld) {
  const { request, observed } = this.mstore.turn
  const { answer, status, text, exchange } = observed
  const read = answer === null ? null : bulkOf(answer)
  const results = read?.kind === 'results' ? read.results : []
  const reported = results.map(({ kind, code }) => `${kind} ${code}`).join(', ')
  this.mstore.check.that({
    thing: `outcome of ${request.operation}`,
    expected: 'a status outside 200 to 299, or failures alone',
    got: reported === '' ? text : `${text}: ${reported}`,
    holds: results.length > 0 ? results.every(({ kind }) => kind === 'failure') : !isSuccess(status),
    exchange,
  })
})

Then(
  'each object found has exactly one of the flags {string}',
  function (this: TouchstoneWorld, flags: string) {
    const { check, target, turn } = this.mstore
    const spelled =
      readingOf(target.dialect, 'flagCase') === 'ignored' ? (text: string) => text.toLowerCase() : String
    const wanted = flags.split(' ').map(spelled)
    const found = foundOn(latest(this.mstore))
    const others = found.filter((object) => count(object.flags.map(spelled), wanted) !== 1)
    check.that({
      thing: 'flags of the objects',
      expected: `one or more objects, each with one of ${flags}`,
      got: found.map(({ path, flags: own }) => `${path}: ${own.join(' ')}`).join('; '),
      holds: found.length > 0 && others.length === 0,
      exchange: turn.observed.exchange,
    })
  },
)

function count(flags: readonly string[], wanted: readonly string[]): number {
  return new Set(flags.filter((flag) => wanted.includes(flag))).size
}

/** That a server reads a digest whose `uri` has a backslash. */
const BACKSLASH_READ = 'MSTORE-AUTH-37'
const UNAUTHORIZED = 401

/** A flag with a backslash makes a digest that a server may not read: that is no refusal of the flag. */
async function actOnFlag(session: MStoreSession, mailbox: Mailbox, request: WireRequest): Promise<void> {
  const { status, text, call, exchange } = await session.act(request, { mailbox })
  if (status !== UNAUTHORIZED || call?.second == null || !request.target.includes('%5C')) return
  session.check.that({
    requirement: BACKSLASH_READ,
    thing: `status of ${request.operation} with a backslash in the digest's uri`,
    expected: 'a status other than 401',
    got: text,
    holds: false,
    exchange,
  })
}
