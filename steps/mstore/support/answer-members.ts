import { jsonOf } from '#driver/mstore/answers.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { readAttributes } from '#protocol/mstore/attributes.ts'
import { isObject, membersOf, textsOf } from '#protocol/mstore/members.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { formRequirement } from './basic-requirements.ts'
import { fitsForm, type Beside } from './forms.ts'
import { looseAttributes } from './listing.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'
import { lastingMember, shownMember } from './shown-body.ts'

/** Compares a member of the answer, by its path `object.payloadPart.0.href`, with a form or a text. */
export function memberRow(session: MStoreSession, path: string, wanted: string): Comparison {
  const unreadable = compareReadable(session, path)
  if (unreadable !== null) return unreadable
  const body = bodyOf(session)
  const value = memberAt(session, body, path)
  const holds = fits(wanted, value, beside(session, body))
  const { answer, exchange, text } = session.turn.observed
  const got = answer === null ? text : shownMember(value)
  const said = answer === null ? text : lastingMember(value)
  // What is to be a structure, and is not, may be any figure.
  const lasting = { got: STRUCTURES[wanted] === undefined ? said : said.replace(/\d+/g, '‹digits›') }
  return { thing: path, expected: wanted, got, lasting, holds, exchange }
}

/**
 * An answer that grants the request and is not JSON with the object that all of it stands in violates what says what
 * the answer is, and not each of its members; null where it is readable.
 */
function compareReadable({ turn }: MStoreSession, path: string): Comparison | null {
  const { request, observed } = turn
  if (observed.answer === null || !isSuccess(observed.status)) return null
  const json = jsonOf(observed.answer)
  const [envelope = ''] = path.split('.')
  const whole = json.kind === 'json' ? membersOf(json.plain)[envelope] : undefined
  if (isObject(whole)) return null
  return {
    requirement: formRequirement(request),
    thing: `body of the answer to ${request.operation}`,
    expected: `JSON with an object "${envelope}"`,
    got: json.kind === 'json' ? `${envelope}: ${shownMember(whole)}` : json.reason,
    lasting: { got: json.kind === 'json' ? `${envelope}: ${lastingMember(whole)}` : json.reason },
    holds: false,
    exchange: observed.exchange,
  }
}

/** The JSON of the answer; undefined where there is none, which has no members either. */
function bodyOf({ turn }: MStoreSession): unknown {
  const { answer } = turn.observed
  const json = answer === null ? null : jsonOf(answer)
  return json?.kind === 'json' ? json.plain : undefined
}

/** The member at a path; the URL of a folder also where the dialect has it (E-22). */
function memberAt({ target: { dialect } }: MStoreSession, body: unknown, path: string): unknown {
  const value = at(body, path)
  const isElsewhere = path === FOLDER_URL && readingOf(dialect, 'folderUrlPlace').length > 1
  return value === undefined && isElsewhere ? at(body, 'folder.resourceURL') : value
}

const FOLDER_URL = 'folder.attributes.resourceURL'

/** What is at a path of names and places; undefined where nothing is. */
export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const items: readonly unknown[] | null = Array.isArray(value) ? value : null
    return items === null ? membersOf(value)[name] : items[Number(name)]
  }, body)
}

/** The text at a path; empty where there is none. */
export function textAt(body: unknown, path: string): string {
  const value = at(body, path)
  return typeof value === 'string' ? value : ''
}

/** What a table may say of a member that is no text. */
const STRUCTURES: Readonly<Record<string, (value: unknown) => boolean>> = {
  'a list': (value) => Array.isArray(value),
  'an object': isObject,
  'a list of attributes': (value) => readAttributes(value).kind === 'attributes',
  'a list of one': (value) => Array.isArray(value) && value.length === 1,
  'a list of texts': (value) => textsOf(value) !== null,
  'a list of different texts': (value) => {
    const texts = textsOf(value)
    return texts !== null && new Set(texts).size === texts.length
  },
  'a count of bytes': (value) => /^\d+$/.test(String(value)),
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
