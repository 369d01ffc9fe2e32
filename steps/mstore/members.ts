import { Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { jsonOf } from '#driver/mstore/answers.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { printable } from '#evidence/printable.ts'
import { readAttributes } from '#protocol/mstore/attributes.ts'
import { isObject, membersOf, textsOf } from '#protocol/mstore/members.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { Beside } from './support/forms.ts'
import { fitsForm } from './support/forms.ts'
import { looseAttributes } from './support/lookup.ts'
import type { MStoreSession } from './support/session.ts'

/** A table of members by their paths, `object.payloadPart.0.href`, and what they are to be. */
Then('the answer has the members:', function (this: TouchstoneWorld, table: DataTable) {
  const body = bodyOf(this.mstore)
  for (const [path, wanted] of Object.entries(table.rowsHash())) {
    const value = memberAt(body, path, this.mstore.target)
    this.mstore.check.that({
      thing: path,
      expected: wanted,
      got: shown(value),
      holds: fits(wanted, value, beside(this.mstore, body)),
      exchange: this.mstore.turn.observed.exchange,
    })
  }
})

/** The JSON of the answer; undefined where there is none, which has no members either. */
function bodyOf(session: MStoreSession): unknown {
  const { answer } = session.turn.observed
  const json = answer === null ? null : jsonOf(answer)
  return json?.kind === 'json' ? json.plain : undefined
}

/** The member at a path of names and places; the URL of a folder also where the dialect has it (E-22). */
function memberAt(body: unknown, path: string, { dialect }: MStoreTarget): unknown {
  const value = at(body, path)
  const elsewhere = path === FOLDER_URL && readingOf(dialect, 'folderUrlPlace').length > 1
  return value === undefined && elsewhere ? at(body, 'folder.resourceURL') : value
}

const FOLDER_URL = 'folder.attributes.resourceURL'

/** What is at a path of names and places; undefined where nothing is. */
export function at(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        Array.isArray(value) ? (value as readonly unknown[])[Number(name)] : membersOf(value)[name],
      body,
    )
}

/** What a table may say of a member that is no text. */
const STRUCTURES: Readonly<Record<string, (value: unknown) => boolean>> = {
  'an object': isObject,
  'a list of attributes': (value) => readAttributes(value).kind === 'attributes',
  'a list of one': (value) => Array.isArray(value) && value.length === 1,
  'a list of different texts': (value) => {
    const texts = textsOf(value)
    return texts !== null && new Set(texts).size === texts.length
  },
}

function fits(wanted: string, value: unknown, of: Beside): boolean {
  const structure = STRUCTURES[wanted]
  if (structure !== undefined) return structure(value)
  return (value === undefined || typeof value === 'string') && fitsForm(wanted, value, of)
}

function beside({ turn: { request, mailbox } }: MStoreSession, body: unknown): Beside {
  const attributes = looseAttributes(at(body, 'object.attributes.attribute'))
  return { msisdn: mailbox.msisdn, objectPath: objectPathOf(request.target), attributes }
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : printable(typeof value === 'string' ? value : JSON.stringify(value))
}
