import { Then } from '@cucumber/cucumber'
import { checkBody } from '#protocol/contracts.ts'
import { parsePlainJson } from '#protocol/json.ts'
import type { TouchstoneWorld } from '../world.ts'
import { assertStatus, exchangeOf, observed } from './answers.ts'
import { items, members } from './json-members.ts'
import type { RelaySession } from './session.ts'

Then(
  'the mismatch is missing {ids} and extra {ids}',
  async function (this: TouchstoneWorld, missing: readonly number[], extra: readonly number[]) {
    await assertIds(this.relay, 'missingDevices', missing)
    await assertIds(this.relay, 'extraDevices', extra)
  },
)

Then('the stale devices are {ids}', async function (this: TouchstoneWorld, stale: readonly number[]) {
  await assertIds(this.relay, 'staleDevices', stale)
})

Then(
  'the answer is a 409 with missing {ids} and extra {ids} or a 410 with stale {ids}',
  async function (
    this: TouchstoneWorld,
    missing: readonly number[],
    extra: readonly number[],
    stale: readonly number[],
  ) {
    const { status } = await assertStatus(this.relay, '409 or 410', (got) => [409, 410].includes(got))
    this.relay.check.note(`where both apply the relay reports ${String(status)} first`)
    if (status === 410) return assertIds(this.relay, 'staleDevices', stale)
    await assertIds(this.relay, 'missingDevices', missing)
    return assertIds(this.relay, 'extraDevices', extra)
  },
)

Then('the answer has the form of a device mismatch', async function (this: TouchstoneWorld) {
  await assertStatus(this.relay, '409', (got) => got === 409)
  await assertForm(this.relay, 'mismatched-devices')
})

Then('the answer has the form of a stale device list', async function (this: TouchstoneWorld) {
  await assertStatus(this.relay, '410', (got) => got === 410)
  await assertForm(this.relay, 'stale-devices')
})

/** Asserts the ids in a member of the answer, in any order; a member that is absent holds none. */
async function assertIds(session: RelaySession, member: string, expected: readonly number[]): Promise<void> {
  const ids = items(members(await body(session))[member]).map(Number)
  const got = ids.toSorted((one, other) => one - other).join(', ')
  session.check.that({
    thing: member,
    expected: `[${expected.join(', ')}]`,
    got: `[${got}]`,
    holds: got === expected.join(', '),
    exchange: exchangeOf(session),
  })
}

async function assertForm(
  session: RelaySession,
  schema: 'mismatched-devices' | 'stale-devices',
): Promise<void> {
  const value = await body(session)
  const [fault] = value === undefined ? ['no JSON'] : checkBody(schema, value)
  session.check.that({
    thing: `body of the answer`,
    expected: `the form of ${schema}.json`,
    got: fault ?? 'that',
    holds: fault === undefined,
    exchange: exchangeOf(session),
  })
}

/** The answer's body as JSON; undefined where it is none. */
async function body(session: RelaySession): Promise<unknown> {
  const { answer } = await observed(session)
  const reading = answer === null ? null : parsePlainJson(answer.body)
  return reading?.kind === 'json' ? reading.plain : undefined
}
