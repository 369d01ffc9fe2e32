import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { digestPlan } from '#driver/mstore/digest-deviations.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import { expectedOutcome } from '#driver/mstore/expectations.ts'
import { withHeader } from '#driver/wire-request.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { digestParams } from '#protocol/mstore/digest-params.ts'
import type { AuthParam } from '#protocol/auth-params.ts'
import { bootstrappingRealm } from '#protocol/gba/identity.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertStatus } from '../shared/status.ts'
import { CHALLENGED, CHALLENGE_READABLE, isAnonymous } from './support/challenged.ts'
import type { Mailbox } from './support/mailbox.ts'
import { operationNamed } from './support/operations.ts'
import { readOrViolated } from './support/read.ts'
import type { MStoreSession } from './support/session.ts'

/** The control: the same operation done right, which must succeed. What it needs is put there before. */
Given('{party} can {string}', async function (this: TouchstoneWorld, name: string, operation: string) {
  const mailbox = await readyTo(this.mstore, name, operation)
  const request = operationNamed(operation).request(this.mstore, mailbox)
  if (this.mstore.preparing) await this.mstore.act(request, { mailbox })
  else await this.mstore.succeed(request, { mailbox })
})

Given(
  "{party}'s mailbox is ready to {string}",
  async function (this: TouchstoneWorld, name: string, operation: string) {
    await readyTo(this.mstore, name, operation)
  },
)

async function readyTo(session: MStoreSession, name: string, operation: string): Promise<Mailbox> {
  const mailbox = await session.mailbox(name)
  if (!mailbox.readyTo.has(operation)) await operationNamed(operation).prepare(session, mailbox)
  mailbox.readyTo.add(operation)
  return mailbox
}

When(
  '{party} tries to {string} without credentials',
  async function (this: TouchstoneWorld, name: string, operation: string) {
    await inOneLeg(this.mstore, name, { operation, change: (request) => request })
  },
)

When(
  '{party} tries to {string} with the credentials {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, credentials: string) {
    const change = (request: WireRequest) => withHeader(request, 'Authorization', credentials)
    await inOneLeg(this.mstore, name, { operation, change })
  },
)

When(
  '{party} tries to {string} with the digest {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, digest: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = operationNamed(operation).request(this.mstore, mailbox)
    // The first leg reads, so that whatever takes effect is the work of the digest
    const challengedBy = getProfile(mailbox.msisdn)
    const first = request.method === 'GET' ? {} : { challengedBy }
    await this.mstore.act(request, { mailbox, plan: digestPlan(digest), ...first })
    mustHaveSentDigest(this.mstore)
  },
)

When(
  '{party} tries to {string} with the digest of {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, other: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = operationNamed(operation).request(this.mstore, mailbox)
    const { target } = operationNamed(other).request(this.mstore, mailbox)
    await this.mstore.act(request, { mailbox, plan: { target } })
    mustHaveSentDigest(this.mstore)
  },
)

When(
  '{party} tries to {string} with the header {string} set to {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, header: string, value: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = operationNamed(operation).request(this.mstore, mailbox)
    await this.mstore.act(withHeader(request, header, value), { mailbox })
  },
)

When(
  '{party} tries to {string} without the header {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, header: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = operationNamed(operation).request(this.mstore, mailbox)
    await this.mstore.act(withHeader(request, header, null), { mailbox })
  },
)

When(
  '{party} repeats the request, credentials and all',
  async function (this: TouchstoneWorld, name: string) {
    const { call } = this.mstore.turn.observed
    if (call?.second == null) throw new Error('no request with credentials was made yet')
    await this.mstore.actBare(call.second.request, await this.mstore.mailbox(name))
  },
)

When('{party} asks the same again', async function (this: TouchstoneWorld, name: string) {
  const { request } = this.mstore.turn
  await this.mstore.act(request, { mailbox: await this.mstore.mailbox(name) })
})

When(
  '{party} asks for {int} challenges',
  async function (this: TouchstoneWorld, name: string, count: number) {
    const mailbox = await this.mstore.mailbox(name)
    const request = operationNamed('read the profile').request(this.mstore, mailbox)
    for (let asked = 0; asked < count; asked += 1) {
      await this.mstore.actBare(request, mailbox)
      mailbox.challenges.push(challengeOf(this.mstore))
    }
  },
)

Then(
  "no two of {party}'s challenges have the same nonce",
  async function (this: TouchstoneWorld, name: string) {
    const { challenges } = await this.mstore.mailbox(name)
    const nonces = new Set(challenges.map(({ nonce }) => nonce))
    this.mstore.check.count('different nonces', challenges.length, nonces.size)
    const shortest = Math.min(...challenges.map(({ nonce }) => nonce.length))
    this.mstore.check.that({
      thing: 'characters of the shortest nonce',
      expected: `at least ${LEAST_NONCE_CHARACTERS}`,
      got: String(shortest),
      holds: shortest >= LEAST_NONCE_CHARACTERS,
    })
  },
)

Then('the mStore challenges it', function (this: TouchstoneWorld) {
  assertStatus(this.mstore, '401', (got) => got === 401)
  challengeOf(this.mstore)
})

Then('the mStore challenges it {string}', function (this: TouchstoneWorld, label: string) {
  const { text, allows, several } = expectedOutcome(this.mstore.target.dialect, 401, label)
  assertStatus(this.mstore, `${text} (${label})`, allows)
  if (!several) challengeOf(this.mstore)
})

Then('the mStore takes the credentials', function (this: TouchstoneWorld) {
  const { call } = this.mstore.turn.observed
  assertStatus(
    this.mstore,
    'a status other than 401 and below 500',
    (got) => call?.second != null && got !== 401 && got < LEAST_BREAKDOWN,
  )
})

Then('the challenge has:', function (this: TouchstoneWorld, table: DataTable) {
  const params = paramsOf(this.mstore)
  for (const [name, wanted] of Object.entries(table.rowsHash()))
    compare(this.mstore, params, { name, wanted })
})

Then('the text of the challenge matches {string}', function (this: TouchstoneWorld, pattern: string) {
  challengeOf(this.mstore)
  const { answer, exchange } = this.mstore.turn.observed
  const got = answer?.header('WWW-Authenticate') ?? 'none'
  const thing = 'text of WWW-Authenticate'
  this.mstore.check.that({ thing, expected: pattern, got, holds: new RegExp(pattern).test(got), exchange })
})

const LEAST_BREAKDOWN = 500
/** Of hexadecimal digits as many as 64 bits take. */
const LEAST_NONCE_CHARACTERS = 16

/** A refusal says something of a digest only where the digest was asked for, and sent. */
function mustHaveSentDigest({ check, turn: { request, observed } }: MStoreSession): void {
  check.that({
    requirement: CHALLENGED,
    thing: `status of ${request.operation} without credentials`,
    expected: '401 with a challenge',
    got: observed.call?.second == null ? observed.text : '401 with a challenge',
    holds: observed.call?.second != null,
    exchange: observed.exchange,
  })
}

interface OneLeg {
  readonly operation: string
  readonly change: (request: WireRequest) => WireRequest
}

async function inOneLeg(session: MStoreSession, name: string, { operation, change }: OneLeg): Promise<void> {
  const mailbox = await session.mailbox(name)
  await session.actBare(change(operationNamed(operation).request(session, mailbox)), mailbox)
}

/** The answer that has to hold a challenge. */
function challengingAnswer({ check, turn: { request, observed } }: MStoreSession): Answer {
  const { answer, text, exchange } = observed
  check.that({
    requirement: CHALLENGE_READABLE,
    thing: `answer to ${request.operation}`,
    expected: 'one with a challenge',
    got: answer === null ? text : 'one',
    holds: answer !== null,
    exchange,
  })
  if (answer === null) throw new Error('an assertion that failed did not end the step')
  return answer
}

/** The parameters of the challenge, whichever they are; that there is a Digest challenge is a requirement of its own. */
function paramsOf(session: MStoreSession): readonly AuthParam[] {
  const answer = challengingAnswer(session)
  const read = digestParams(answer.header('WWW-Authenticate') ?? '')
  const params = 'kind' in read ? read : { kind: 'params' as const, list: read }
  return readOrViolated(session, params, { answer, basic: CHALLENGE_READABLE }).list
}

/** The challenge of the answer at hand: one to nobody in particular must be readable for its own sake. */
function challengeOf(session: MStoreSession): DigestChallenge {
  const answer = challengingAnswer(session)
  const challenge = parseChallenge(answer.header('WWW-Authenticate') ?? '')
  const isFirst = isAnonymous(session.turn.request) && session.turn.observed.call === null
  const basic = isFirst ? CHALLENGE_READABLE : session.check.requirement
  return readOrViolated(session, challenge, { answer, basic })
}

interface Member {
  readonly name: string
  /** `VALUE`, `none or VALUE`, `anything` that is not empty, or `the realm of the host`. */
  readonly wanted: string
}

function compare(session: MStoreSession, params: readonly AuthParam[], { name, wanted }: Member): void {
  const got = params.find((param) => param.name.toLowerCase() === name)?.value ?? null
  session.check.that({
    thing: `${name} of the challenge`,
    expected: wanted === REALM ? realmOf(session) : wanted,
    got: got ?? 'none',
    holds: fits(session, wanted, got),
    exchange: session.turn.observed.exchange,
  })
}

const REALM = 'the realm of the host'

function fits(session: MStoreSession, wanted: string, got: string | null): boolean {
  if (wanted === 'anything') return got !== null && got !== ''
  if (wanted === REALM) return got === realmOf(session)
  const optional = /^none or (.*)$/.exec(wanted)?.[1]
  return optional === undefined ? got === wanted : got === null || got === optional
}

function realmOf({ origin }: MStoreSession): string {
  return bootstrappingRealm(new URL(origin).hostname)
}
