import { decimalId, parseJson } from '#protocol/json.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { basicRequirement } from './basic-requirements.ts'
import { assertUploaded, isAbsolute, membersOf } from './blobs.ts'
import { LISTING } from './contact-checks.ts'
import { entriesFor, entriesOf } from './contacts.ts'
import { assertIds } from './device-lists.ts'
import type { RelaySession } from './session.ts'

type AnswerRow = (session: RelaySession, wanted: string) => void

/** Asserts what a side of the answer is: its status, its body, or a member of that; its type is noted. */
export const ANSWER_ROWS: Readonly<Record<string, AnswerRow>> = {
  status: assertStatusBeside,
  'Content-Type': noteType,
  body: (session, wanted) => {
    if (wanted === 'JSON') assertJson(session)
    else assertUploaded(session)
  },
  id: (session, wanted) => {
    if (wanted === 'any value') assertMember(session, 'id')
    else assertDecimal(session)
  },
  location: (session, wanted) => {
    if (wanted === 'any value') assertMember(session, 'location')
    else assertAbsolute(session)
  },
  missingDevices: (session, wanted) => {
    assertIds(session, 'missingDevices', idsIn(wanted))
  },
  extraDevices: (session, wanted) => {
    assertIds(session, 'extraDevices', idsIn(wanted))
  },
  staleDevices: (session, wanted) => {
    assertIds(session, 'staleDevices', idsIn(wanted))
  },
  token: (session, wanted) => {
    assertToken(session, wanted.replace('the one sent for ', ''))
  },
}

/** The requirement that says when a refusal of that status comes. */
const REFUSED_BY: ReadonlyMap<number, string> = new Map([
  [409, 'RELAY-MESSAGE-08'],
  [410, 'RELAY-MESSAGE-12'],
])

/** Device ids in a row, `1, 2`, or `none`. */
function idsIn(wanted: string): readonly number[] {
  return wanted === 'none' ? [] : wanted.split(', ').map(Number)
}

/** The status of an answer of which something else is asserted: another status violates what says when it comes. */
function assertStatusBeside({ check, turn: { request, observed } }: RelaySession, wanted: string): void {
  const status = Number(wanted)
  check.that({
    requirement: REFUSED_BY.get(status) ?? basicRequirement(request, observed.status),
    thing: `status of ${request.operation}`,
    expected: wanted,
    got: observed.text,
    holds: observed.status === status,
    exchange: observed.exchange,
  })
}

/** The relay spec types no answer. */
function noteType({ check, turn: { observed } }: RelaySession): void {
  check.note(`Content-Type: ${observed.answer?.header('Content-Type') ?? 'absent'}`)
}

function assertJson({ check, turn }: RelaySession): void {
  const { answer, exchange } = turn.observed
  const reading = parseJson(answer?.body ?? new Uint8Array())
  const got = reading.kind === 'json' ? 'that' : reading.reason
  check.that({ thing: 'body', expected: 'JSON', got, holds: reading.kind === 'json', exchange })
}

function assertMember({ check, turn }: RelaySession, member: string): void {
  const { answer, exchange } = turn.observed
  const found = membersOf(answer)
  check.that({
    thing: 'body of the answer',
    expected: `a JSON object with a member ${member}`,
    got: Object.keys(found).length === 0 ? 'no member at all' : `members ${Object.keys(found).join(', ')}`,
    holds: (found[member] ?? null) !== null,
    exchange,
  })
}

/** Without a location it is the basic requirement that is violated. */
function assertAbsolute({ check, turn: { request, observed } }: RelaySession): void {
  const { location } = membersOf(observed.answer)
  check.that({
    requirement: location === undefined ? basicRequirement(request, observed.status) : check.requirement,
    thing: 'location',
    expected: 'an absolute http or https URL',
    got: location === undefined ? 'none' : JSON.stringify(location),
    holds: typeof location === 'string' && isAbsolute(location),
    exchange: observed.exchange,
  })
}

/** Decimal digits of 64 bits; whether they are a JSON number or text is noted. */
function assertDecimal({ check, turn: { request, observed } }: RelaySession): void {
  const { id } = membersOf(observed.answer)
  const read = decimalId(id)
  check.that({
    requirement: id === undefined ? basicRequirement(request, observed.status) : check.requirement,
    thing: 'id of an attachment',
    expected: 'decimal digits from 1 to 2^64-1, as a JSON string or number',
    got: read.kind === 'id' ? `${read.value} as a JSON ${read.form}` : read.reason,
    holds: read.kind === 'id' && read.value > 0n,
    exchange: observed.exchange,
  })
  if (read.kind === 'id') check.note(`the id of an attachment is a JSON ${read.form}`)
}

function assertToken(session: RelaySession, name: string): void {
  const token = directoryToken(session.party(name).number)
  const { check, turn } = session
  const { answer, exchange } = turn.observed
  const found = entriesFor(entriesOf(session, answer), token)
  check.that({
    requirement: found.length === 0 ? LISTING : check.requirement,
    thing: `token of ${name} in the directory`,
    expected: token,
    got: found.length === 0 ? 'no contact' : found.map((entry) => String(entry['token'])).join(', '),
    holds: found.length === 1 && found[0]?.['token'] === token,
    exchange,
  })
}
