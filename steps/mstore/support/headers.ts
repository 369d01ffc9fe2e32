import { isSameHeaderValue } from '#protocol/mstore/header-value.ts'
import { PIN_REASONS } from '#protocol/mstore/pin.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { at } from './answer-members.ts'
import { looseAttributes } from './listing.ts'
import { referenceOf } from './object-references.ts'
import { readMembers } from './objects.ts'
import { reasonsBeside } from './pin-reasons.ts'
import { withoutBoundary } from './shown-body.ts'
import type { MStoreSession } from './session.ts'

/** What a table says of a header besides its text, in words and as a condition. */
interface HeaderForm {
  readonly text: string
  readonly fits: (value: string | null) => boolean
}

const FORMS: Readonly<Record<string, HeaderForm>> = {
  none: { text: 'none', fits: (value) => value === null },
  'any text': { text: 'any text', fits: (value) => value !== null && value !== '' },
  'one of the ten reasons': {
    text: `one of ${PIN_REASONS.join(', ')}`,
    fits: (value) => PIN_REASONS.some((reason) => reason === value),
  },
}

/** Compares a header of the last answer with a form, a text, or `MEMBER of OBJECT`, what an object says of it. */
export async function headerRow(session: MStoreSession, name: string, wanted: string): Promise<Comparison> {
  const { request, observed } = session.turn
  const { answer, text, exchange } = observed
  const value = answer?.header(name) ?? null
  const { text: expected, fits } = await headerForm(session, wanted)
  const got = answer === null ? text : (value ?? 'none')
  const thing = `header ${name} of the answer to ${request.operation}`
  const lasting = { expected: wanted, got: withoutBoundary(got) }
  return { thing, expected, got, lasting, holds: answer !== null && fits(value), exchange }
}

async function headerForm(session: MStoreSession, wanted: string): Promise<HeaderForm> {
  const form = FORMS[wanted] ?? reasonForm(session, wanted)
  if (form !== undefined) return form
  const [, member, object] = /^(\S+) of (the .+)$/.exec(wanted) ?? []
  if (member === undefined || object === undefined) return { text: wanted, fits: (value) => value === wanted }
  const said = await saidBy(session, object, member)
  if (said === undefined) return { text: `what ${member} says, which is nothing`, fits: () => false }
  return { text: said, fits: (value) => value !== null && isSameHeaderValue(said, value) }
}

/** A reason for refusing a PIN; where others may apply too, each of them is as right (E-15). */
function reasonForm({ turn }: MStoreSession, wanted: string): HeaderForm | undefined {
  const reason = PIN_REASONS.find((known) => known === wanted)
  const change = turn.mailbox.judgedPin
  if (reason === undefined || change === null) return undefined
  const reasons: readonly string[] = reasonsBeside(reason, change)
  return { text: reasons.join(', or '), fits: (value) => value !== null && reasons.includes(value) }
}

/** The text of a member or an attribute of an object. */
async function saidBy(session: MStoreSession, object: string, member: string): Promise<string | undefined> {
  const members = await readMembers(session, session.turn.mailbox, referenceOf(object))
  const attributes = looseAttributes(at(members, 'attributes.attribute'))
  const said = at(members, member) ?? attributes.get(member)
  return typeof said === 'string' ? said : undefined
}
