import { Then } from '@cucumber/cucumber'
import { expectedStatuses } from '#driver/relay/expectations.ts'
import type { TouchstoneWorld } from '../world.ts'
import type { Observed, RelaySession } from './session.ts'

const CLIENT_ERRORS = { least: 400, most: 499 }

/** What the request of the scenario got. */
export function observed(session: RelaySession): Promise<Observed> {
  return session.observe(session.turn.result, session.turn.node)
}

/** Asserts something of the status that the request of the scenario got. */
export async function assertStatus(
  session: RelaySession,
  expected: string,
  holds: (status: number) => boolean,
): Promise<Observed> {
  const got = await observed(session)
  session.check.that({
    thing: `status of ${session.turn.request.operation}`,
    expected,
    got: got.text,
    holds: got.status !== null && holds(got.status),
    exchange: exchangeOf(session),
  })
  return got
}

/** The exchange that shows what the request of the scenario got. */
export function exchangeOf({ turn: { result } }: RelaySession): string {
  return result.kind === 'answered' ? result.answer.exchange.id : result.exchange.id
}

Then('the relay answers {int}', async function (this: TouchstoneWorld, status: number) {
  await assertStatus(this.relay, String(status), (got) => got === status)
})

Then(
  'the relay answers {int} {string}',
  async function (this: TouchstoneWorld, status: number, label: string) {
    const allowed = expectedStatuses(this.relay.target.dialect, status, label)
    await assertStatus(this.relay, `${allowed.join(' or ')} (${label})`, (got) => allowed.includes(got))
  },
)

Then('the relay answers one of {string}', async function (this: TouchstoneWorld, list: string) {
  await assertOneOf(this.relay, list)
})

Then(
  'the relay answers one of {string}, which is noted',
  async function (this: TouchstoneWorld, list: string) {
    await assertOneOf(this.relay, list)
    await note(this.relay)
  },
)

Then('the relay accepts it', async function (this: TouchstoneWorld) {
  await assertStatus(this.relay, '200 or 204', isSuccess)
})

Then('the relay refuses it', async function (this: TouchstoneWorld) {
  await assertStatus(this.relay, 'a status from 400 to 499', isClientError)
})

Then('the relay accepts or refuses it', async function (this: TouchstoneWorld) {
  await assertStatus(
    this.relay,
    '200, 204 or a status from 400 to 499',
    (got) => isSuccess(got) || isClientError(got),
  )
})

Then('the answer is noted', async function (this: TouchstoneWorld) {
  await assertStatus(this.relay, 'a status below 500', (got) => got < 500)
  await note(this.relay)
})

Then('it is noted what the header {string} holds', async function (this: TouchstoneWorld, name: string) {
  const { answer } = await assertStatus(this.relay, '401', (got) => got === 401)
  this.relay.check.note(`${name}: ${answer?.header(name) ?? 'absent'}`)
})

async function assertOneOf(session: RelaySession, list: string): Promise<void> {
  const statuses = list.split(', ').map(Number)
  await assertStatus(session, statuses.join(' or '), (got) => statuses.includes(got))
}

async function note(session: RelaySession): Promise<void> {
  const { text } = await observed(session)
  session.check.note(`${session.turn.request.operation} answered ${text}`)
}

function isSuccess(status: number): boolean {
  return status === 200 || status === 204
}

function isClientError(status: number): boolean {
  return status >= CLIENT_ERRORS.least && status <= CLIENT_ERRORS.most
}
