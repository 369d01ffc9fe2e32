import { Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { getPayload } from '#driver/mstore/operations.ts'
import { parseHeaderValue } from '#protocol/mstore/header-value.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { judgeAudio } from './support/audio.ts'
import { looseAttributes } from './support/lookup.ts'
import { at } from './members.ts'
import { readMembers } from './objects.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import type { MStoreSession } from './support/session.ts'

When(
  '{party} downloads/downloaded {mailObject}',
  async function (this: TouchstoneWorld, name: string, reference: ObjectReference) {
    await download(this.mstore, { name, reference, what: PART })
  },
)

/** The `payloadURL`, or what else stands below an object where its audio is. */
When(
  '{party} downloads {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, what: string, reference: ObjectReference) {
    await download(this.mstore, { name, reference, what })
  },
)

/** A table of headers, and the member or attribute of the object that tells each. */
Then(
  'the answer has the headers that {mailObject} tells:',
  async function (this: TouchstoneWorld, reference: ObjectReference, table: DataTable) {
    const { check, turn } = this.mstore
    const { answer, exchange } = turn.observed
    const object = await readMembers(this.mstore, turn.mailbox, reference)
    const attributes = looseAttributes(at(object, 'attributes.attribute'))
    for (const [header, teller] of Object.entries(table.rowsHash())) {
      const told = at(object, teller) ?? attributes.get(teller)
      const expected = typeof told === 'string' ? told : `what ${teller} tells, which is nothing`
      const got = answer?.header(header) ?? 'none'
      check.that({ thing: header, expected, got, holds: isSameValue(expected, got), exchange })
    }
  },
)

Then(
  'the {word} of the download is/are that/those of {mailObject}',
  async function (this: TouchstoneWorld, word: string, reference: ObjectReference) {
    await judgeAudio(this.mstore, word, reference)
  },
)

const PART = 'payloadParts/part1'
const WHOLE = 'payloadURL'
const IS_PART = /payloadParts\/[^/]+$/

interface Download {
  readonly name: string
  readonly reference: ObjectReference
  readonly what: string
}

/** Asks for what the object says is its audio, or for its neighbour, or for the whole object. */
async function download(session: MStoreSession, { name, reference, what }: Download): Promise<void> {
  const mailbox = await session.mailbox(name)
  const object = await readMembers(session, mailbox, reference)
  const url = at(object, what === WHOLE ? WHOLE : 'payloadPart.0.href')
  const payload = getPayload(typeof url === 'string' ? url : '', session.origin)
  session.check.that({
    requirement: what === WHOLE ? 'MSTORE-OBJECT-27' : 'MSTORE-OBJECT-33',
    thing: what === WHOLE ? WHOLE : 'href of the audio',
    expected: what === WHOLE ? 'a URL of a mailbox' : 'a URL of a mailbox that ends in a part',
    got: typeof url === 'string' ? url : 'none',
    holds: payload.kind === 'request' && (what === WHOLE || IS_PART.test(payload.request.target)),
  })
  if (payload.kind !== 'request') return
  const { request } = payload
  const target = what === WHOLE ? request.target : request.target.replace(IS_PART, what)
  await session.act({ ...request, target }, { mailbox })
}

/** Whether two values of a header say the same, however they are quoted and spaced. */
function isSameValue(left: string, right: string): boolean {
  return left === right || (inOrder(left) !== null && inOrder(left) === inOrder(right))
}

function inOrder(text: string): string | null {
  const parsed = parseHeaderValue(text)
  return parsed === null ? null : JSON.stringify([parsed.value, ...[...parsed.params].toSorted()])
}
