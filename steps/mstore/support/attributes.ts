import { listAt } from '#driver/mstore/answers.ts'
import type { Answer } from '#driver/wire-client.ts'
import { readAttributes, type Attributes } from '#protocol/mstore/attributes.ts'
import { MESSAGE_CONTEXTS } from '#protocol/mstore/object-attributes.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import { parseError } from '#protocol/parse-error.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { basicRequirement } from './basic-requirements.ts'
import { fitsForm, type Beside } from './forms.ts'
import { listed } from './listing.ts'
import { objectOf } from './lookup.ts'
import type { Mailbox } from './mailbox.ts'
import { referenceOf } from './object-references.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'

/** An attribute, what it is to be, and what is violated where it is not. */
export interface WantedAttribute {
  readonly attribute: string
  readonly wanted: string
  readonly requirement: string
}

/** Compares one of the attributes with a form or a text. */
export function compareAttribute(
  beside: Beside,
  { attribute, wanted, requirement }: WantedAttribute,
): Comparison {
  const value = beside.attributes.get(attribute)
  const holds = fitsForm(wanted, value, beside)
  return { requirement, thing: `attribute ${attribute}`, expected: wanted, got: value ?? 'none', holds }
}

/**
 * Asserts attributes of the answer by their names; `the number of NAME's FOLDER` is counted by a search, and `that of
 * OBJECT` is the `Message-Id` by which the suite knows an object.
 */
export async function assertAttributes(
  session: MStoreSession,
  rows: Readonly<Record<string, string>>,
): Promise<void> {
  const { request, mailbox } = session.turn
  const attributes = attributesOf(session)
  const beside = { msisdn: mailbox.msisdn, objectPath: objectPathOf(request.target), attributes }
  const { requirement } = session.check
  for (const [attribute, text] of Object.entries(rows)) {
    const wanted = knownId(mailbox, text) ?? (await counted(session, text))
    session.check.that(compareAttribute(beside, { attribute, wanted, requirement }))
  }
}

function knownId(mailbox: Mailbox, wanted: string): string | null {
  const object = /^that of (the .+)$/.exec(wanted)?.[1]
  return object === undefined ? null : (objectOf(mailbox, referenceOf(object)).messageId ?? 'any text')
}

async function counted(session: MStoreSession, wanted: string): Promise<string> {
  const [, name, folder] = /^the number of (\w+)'s (voicemails|greetings)$/.exec(wanted) ?? []
  if (name === undefined) return wanted
  const mailbox = await session.mailbox(name)
  if (folder === 'greetings') return String((await listed(session, mailbox, folder)).length)
  const objects = await listed(session, mailbox, 'voicemails')
  return String(objects.filter(({ attributes }) => isVoicemail(attributes)).length)
}

/** A folder may hold faxes beside voicemails; an object without a context is of the folder's kind. */
function isVoicemail(attributes: Attributes): boolean {
  return (attributes.get('message-context') ?? MESSAGE_CONTEXTS.voicemails) === MESSAGE_CONTEXTS.voicemails
}

/** The attributes of the answer. Where there is no list, the operation's form is violated, else that of its items. */
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
