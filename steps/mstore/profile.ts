import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { profileOf } from '#driver/mstore/answers.ts'
import { getProfile, putProfile } from '#driver/mstore/operations.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import { booleanOf, migrationInstantOf } from '#protocol/mstore/attributes.ts'
import type { TouchstoneWorld } from '../world.ts'
import { readOrViolated } from './read.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'
import { profileBasic, readProfile } from './snapshot.ts'

When('{party} reads/read the profile', async function (this: TouchstoneWorld, name: string) {
  const mailbox = await this.mstore.mailbox(name)
  await this.mstore.act(getProfile(mailbox.msisdn), { mailbox })
})

When(
  '{party} writes/wrote to the profile:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    await this.mstore.act(putProfile(mailbox.msisdn, table.raw() as [string, string][]), { mailbox })
  },
)

When(
  '{party} writes the known {word} to the profile',
  async function (this: TouchstoneWorld, name: string, attribute: string) {
    const mailbox = await this.mstore.mailbox(name)
    const value = mailbox.snapshots.get('profile')?.get(`profile ${attribute}`)
    if (value === undefined)
      throw new Error(`"${name}'s profile is known" must stand before, with ${attribute}`)
    await this.mstore.act(putProfile(mailbox.msisdn, [[attribute, value]]), { mailbox })
  },
)

Given(
  'the profile of {party} holds:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const values = await readProfile(this.mstore, mailbox)
    for (const [attribute, wanted] of Object.entries(table.rowsHash()))
      compare(this.mstore, values, {
        attribute,
        wanted,
        requirement: this.mstore.requirementHere('MSTORE-PROFILE-18'),
      })
  },
)

Then('the answer holds the attributes:', function (this: TouchstoneWorld, table: DataTable) {
  const values = attributesOf(this.mstore)
  for (const [attribute, wanted] of Object.entries(table.rowsHash()))
    compare(this.mstore, values, { attribute, wanted, requirement: this.mstore.check.requirement })
})

Then(
  'no attribute of the answer is the PIN of {party}',
  async function (this: TouchstoneWorld, name: string) {
    const { pin } = await this.mstore.mailbox(name)
    const found = [...attributesOf(this.mstore)]
      .filter(([, value]) => value === pin)
      .map(([attribute]) => attribute)
    this.mstore.check.equal('attributes that are the PIN', '', found.join(', '))
  },
)

Then(
  'the profile of {party} holds {word} {string} if that was accepted, else {string}',
  async function (this: TouchstoneWorld, name: string, attribute: string, changed: string, kept: string) {
    const mailbox = await this.mstore.mailbox(name)
    const wanted = isSuccess(this.mstore.turn.observed.status) ? changed : kept
    const values = await readProfile(this.mstore, mailbox)
    compare(this.mstore, values, { attribute, wanted, requirement: this.mstore.check.requirement })
  },
)

/** The attributes of the profile that was read. */
export function attributesOf(session: MStoreSession): Attributes {
  const { answer } = session.turn.observed
  if (answer === null) throw new Error('there is no answer, so no profile: assert the status first')
  return readOrViolated(session, profileOf(answer), { answer, basic: profileBasic(answer) }).values
}

interface Member {
  readonly attribute: string
  readonly wanted: string
  readonly requirement: string
}

/** What a table may say of a value, and what fits it; any other text is the value itself, booleans in any case. */
const FORMS: Readonly<Record<string, (value: string | undefined) => boolean>> = {
  none: (value) => value === undefined,
  'any text': (value) => value !== undefined && value !== '',
  'a boolean': (value) => value !== undefined && booleanOf(value) !== null,
  'a date YYYY:MM:DD:hh:mm': (value) => value !== undefined && migrationInstantOf(value) !== null,
  'a whole number': (value) => value !== undefined && /^\d+$/.test(value),
}

function compare(
  session: MStoreSession,
  values: Attributes,
  { attribute, wanted, requirement }: Member,
): void {
  const value = values.get(attribute)
  session.check.that({
    requirement,
    thing: `attribute ${attribute}`,
    expected: wanted,
    got: value ?? 'none',
    holds: FORMS[wanted]?.(value) ?? isValue(wanted, value),
  })
}

function isValue(wanted: string, value: string | undefined): boolean {
  const truth = booleanOf(wanted)
  return truth === null ? value === wanted : value !== undefined && booleanOf(value) === truth
}
