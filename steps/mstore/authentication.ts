import { Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { expectedOutcome } from '#driver/mstore/expectations.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { digestParams } from '#protocol/mstore/digest-params.ts'
import type { AuthParam } from '#protocol/auth-params.ts'
import { bootstrappingRealm } from '#protocol/gba/identity.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertStatus } from '../shared/status.ts'
import { CHALLENGE_READABLE, isAnonymous } from './support/challenged.ts'
import { operationNamed } from './support/operations.ts'
import { readOrViolated } from './support/read.ts'
import type { MStoreSession } from './support/session.ts'

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
