import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { Comparison } from '../../shared/support/check.ts'
import type { TableRow } from '../../shared/support/session.ts'
import { attributesOf, compareAttribute, type WantedAttribute } from './attributes.ts'
import type { Mailbox } from './mailbox.ts'
import { isSuccess } from './observed.ts'
import { readProfile } from './mailbox-reading.ts'
import type { RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

/** The requirements that GET shows each attribute. */
const SHOWN: Readonly<Record<string, string>> = {
  cosname: 'MSTORE-PROFILE-03',
  isblocked: 'MSTORE-PROFILE-04',
  Language: 'MSTORE-PROFILE-05',
  MigrationDate: 'MSTORE-PROFILE-06',
  MigrationStatus: 'MSTORE-PROFILE-07',
  nut: 'MSTORE-PROFILE-08',
  SMSDirectLink: 'MSTORE-PROFILE-09',
  V2E_ON: 'MSTORE-PROFILE-10',
  V2t_Language: 'MSTORE-PROFILE-11',
  vvmon: 'MSTORE-PROFILE-12',
}

/** The profile of a party as it is now: its attributes; `X if it was accepted, else Y` by the status at hand. */
export async function profileRows(
  session: MStoreSession,
  [name = '']: readonly string[],
): Promise<RowComparison> {
  const mailbox = await session.mailbox(name)
  const values = await readProfile(session, mailbox)
  const requirement = session.requirementHere('MSTORE-PROFILE-18')
  return (attribute, text) => {
    const wanted = conditional(session, text)
    return compareProfile(mailbox, values, { attribute, wanted, requirement })
  }
}

function conditional(session: MStoreSession, wanted: string): string {
  const [, accepted, refused] = /^(.+) if it was accepted, else (.+)$/.exec(wanted) ?? []
  if (accepted === undefined || refused === undefined) return wanted
  return isSuccess(session.turn.observed.status) ? accepted : refused
}

/** An attribute that is missing violates that it is shown, and no more. */
function compareProfile({ msisdn }: Mailbox, values: Attributes, wanted: WantedAttribute): Comparison {
  const { attribute, requirement } = wanted
  const isMissing = wanted.wanted !== 'none' && !values.has(attribute)
  const violated = isMissing ? (SHOWN[attribute] ?? requirement) : requirement
  const beside = { msisdn, objectPath: null, attributes: values }
  return compareAttribute(beside, { ...wanted, requirement: violated })
}

const KNOWN_VALUE = 'the known value'

/** The attributes of a table; `the known value` is the one that the profile had, and must have had. */
export function profileChange(
  { check }: MStoreSession,
  mailbox: Mailbox,
  rows: readonly TableRow[],
): readonly TableRow[] {
  return rows.map(([attribute, value]) => {
    if (value !== KNOWN_VALUE) return [attribute, value]
    const known = mailbox.known('profile').get(`profile ${attribute}`) ?? ''
    const values = new Map(known === '' ? [] : [[attribute, known]])
    const { requirement } = check
    check.that(compareProfile(mailbox, values, { attribute, wanted: 'any text', requirement }))
    return [attribute, known]
  })
}

/** Asserts that no attribute of the answer is the PIN of that party. */
export async function assertHidden(session: MStoreSession, artifact: string, secret: string): Promise<void> {
  const name = /^the PIN of (\w+)$/.exec(secret)?.[1]
  if (artifact !== 'the answer' || name === undefined)
    throw new Error(`expected "the PIN of NAME", not in the answer; got "${secret}" in ${artifact}`)
  const { pin } = await session.mailbox(name)
  const found = [...attributesOf(session)].filter(([, value]) => value === pin)
  session.check.equal('attributes that are the PIN', '', found.map(([attribute]) => attribute).join(', '))
}
