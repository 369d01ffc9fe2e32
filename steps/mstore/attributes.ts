import { Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { listAt } from '#driver/mstore/answers.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import { readAttributes } from '#protocol/mstore/attributes.ts'
import { parseError } from '#protocol/parse-error.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { basicRequirement } from './support/basic-requirements.ts'
import type { Beside } from './support/forms.ts'
import { fitsForm } from './support/forms.ts'
import { readOrViolated } from './support/read.ts'
import type { MStoreSession } from './support/session.ts'

Then('the answer holds the attributes:', function (this: TouchstoneWorld, table: DataTable) {
  const beside = besideAnswer(this.mstore)
  for (const [attribute, wanted] of Object.entries(table.rowsHash()))
    assertAttribute(this.mstore, beside, { attribute, wanted, requirement: this.mstore.check.requirement })
})

/** An attribute, what it is to be, and what is violated where it is not. */
export interface WantedAttribute {
  readonly attribute: string
  readonly wanted: string
  readonly requirement: string
}

/** Asserts what one of the attributes is. */
export function assertAttribute(
  session: MStoreSession,
  beside: Beside,
  { attribute, wanted, requirement }: WantedAttribute,
): void {
  const value = beside.attributes.get(attribute)
  session.check.that({
    requirement,
    thing: `attribute ${attribute}`,
    expected: wanted,
    got: value ?? 'none',
    holds: fitsForm(wanted, value, beside),
  })
}

/** The attributes of the profile, folder or object that was read, and whose they are. */
export function besideAnswer(session: MStoreSession): Beside {
  const { request, mailbox } = session.turn
  const objectPath = objectPathOf(request.target)
  return { msisdn: mailbox.msisdn, objectPath, attributes: attributesOf(session) }
}

/** The attributes of what was read. A list that is none violates that it can be read, an item that is none the list's form. */
export function attributesOf(session: MStoreSession): Attributes {
  const { request, observed } = session.turn
  const { answer } = observed
  if (answer === null) throw new Error('there is no answer, so no attributes: assert the status first')
  const place = PLACES[request.operation]
  if (place === undefined) throw new Error(`${request.operation}: its answer has no attributes`)
  const list = listAt(answer, place.path)
  const basic = list === null ? basicRequirement(request) : place.items
  return readOrViolated(session, reading(answer, place.path), { answer, basic }).values
}

/** Where the list of attributes is, and the requirement on its items. */
const PLACES: Readonly<Record<string, { readonly path: string; readonly items: string }>> = {
  'GET /vvmserviceProfile': { path: 'vvmserviceProfile.attributes.attribute', items: 'MSTORE-PROFILE-02' },
  'GET /folders/{folder_id}': { path: 'folder.attributes.attribute', items: 'MSTORE-FOLDER-09' },
  'GET /objects/{object_path}': { path: 'object.attributes.attribute', items: 'MSTORE-OBJECT-04' },
}

function reading(answer: Answer, path: string) {
  const list = listAt(answer, path)
  return list === null ? parseError(`expected a list at ${path}, got none`) : readAttributes(list)
}
