import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import type { UbLeg, UbOutcome } from '#driver/gba/bootstrap.ts'
import type { SoftwareIsim } from '#driver/gba/software-isim.ts'
import type { Answer } from '#driver/wire-client.ts'
import { parseAuthParams, paramValue } from '#protocol/auth-params.ts'
import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { AUTN_BYTES } from '#protocol/gba/aka.ts'
import { parseBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { RAND_BYTES } from '#protocol/gba/milenage.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { operationNamed } from './support/operations.ts'
import type { MStoreSession } from './support/session.ts'

const SECOND_MS = 1000

Given(
  "{party}'s credentials hold for {int} second(s)",
  async function (this: TouchstoneWorld, name: string, seconds: number) {
    const { subscriber } = await this.mstore.mailbox(name)
    await this.mstore.node.capabilities.subscribers.setBsf(subscriber, { lifetimeMs: seconds * SECOND_MS })
  },
)

When(
  '{party} tries to {string} with the credentials of before',
  async function (this: TouchstoneWorld, name: string, operation: string) {
    const mailbox = await this.mstore.mailbox(name)
    const credentials = this.mstore.turn.observed.call?.credentials
    if (credentials == null) throw new Error('no request with credentials was made before')
    const request = operationNamed(operation).request(this.mstore, mailbox)
    await this.mstore.act(request, { mailbox, credentials })
  },
)

When('{party} bootstraps', async function (this: TouchstoneWorld, name: string) {
  await bootstrap(this.mstore, name)
})

When('{party} bootstraps with another RES', async function (this: TouchstoneWorld, name: string) {
  await bootstrap(this.mstore, name, withAnotherRes)
})

Then('the bootstrap succeeds', function (this: TouchstoneWorld) {
  const outcome = this.mstore.bootstrapped
  assert(this.mstore, outcome, {
    thing: 'bootstrap',
    expected: 'a B-TID',
    got: outcome.kind === 'stopped' ? outcome.reason : 'a B-TID',
    holds: outcome.kind === 'bootstrapped',
  })
})

Then('the bootstrapping server refuses it with a new challenge', function (this: TouchstoneWorld) {
  const outcome = this.mstore.bootstrapped
  const [first, last] = [answered(outcome), outcome.legs.at(-1)].map((leg) => challengeParam(leg, 'nonce'))
  const status = answerOf(outcome.legs.at(-1))?.status
  const got = last === null ? `${status ?? 'no answer'}` : `${status ?? ''} with the nonce of before`
  assert(this.mstore, outcome, {
    thing: 'answer to another RES',
    expected: '401 with another nonce',
    got: last !== first && last !== null ? `${status ?? ''} with another nonce` : got,
    holds: outcome.legs.length > 1 && status === 401 && last !== null && last !== first,
  })
})

Then('the B-TID is RAND and the name of the bootstrapping server', function (this: TouchstoneWorld) {
  const outcome = this.mstore.bootstrapped
  const nonce = decodeBase64(challengeParam(answered(outcome), 'nonce') ?? '')
  const rand = nonce.kind === 'parse-error' ? new Uint8Array() : nonce.bytes.subarray(0, RAND_BYTES)
  const expected = `${encodeBase64(rand, { padded: true })}@${challengeParam(answered(outcome), 'realm') ?? ''}`
  const info = infoOf(outcome)
  const got = info.kind === 'parse-error' ? info.reason : info.btid
  assert(this.mstore, outcome, { thing: 'B-TID', expected, got, holds: got === expected })
})

Then('the challenge of the bootstrapping server has:', function (this: TouchstoneWorld, table: DataTable) {
  const outcome = this.mstore.bootstrapped
  for (const [name, wanted] of Object.entries(table.rowsHash())) {
    const expected = wanted === 'its name' ? nameOf(outcome) : wanted
    const got = challengeParam(outcome.legs[0], name) ?? 'none'
    assert(this.mstore, outcome, {
      thing: `${name} of the challenge`,
      expected,
      got,
      holds: got === expected,
    })
  }
})

Then('the nonce of the bootstrapping server holds RAND and AUTN', function (this: TouchstoneWorld) {
  const outcome = this.mstore.bootstrapped
  const nonce = decodeBase64(challengeParam(answered(outcome), 'nonce') ?? '')
  const bytes = nonce.kind === 'parse-error' ? null : nonce.bytes.length
  const stopped =
    outcome.kind === 'stopped' && ['unreadable-challenge', 'mac-mismatch'].includes(outcome.cause)
  assert(this.mstore, outcome, {
    thing: 'nonce of the challenge',
    expected: `Base64 of at least ${RAND_BYTES + AUTN_BYTES} bytes, an AUTN of the card's among them`,
    got: bytes === null ? 'no Base64' : `${bytes} bytes${stopped ? `: ${outcome.reason}` : ''}`,
    holds: bytes !== null && bytes >= RAND_BYTES + AUTN_BYTES && !stopped,
  })
})

Then(
  'the bootstrapping server answers 200 with Content-Type {string}',
  function (this: TouchstoneWorld, type: string) {
    const outcome = this.mstore.bootstrapped
    const answer = answerOf(outcome.legs.at(-1))
    const got = `${answer?.status ?? 'no answer'} ${answer?.header('Content-Type') ?? 'without a type'}`
    const [mediaType = ''] = (answer?.header('Content-Type') ?? '').split(';')
    const holds = answer?.status === 200 && mediaType.trim().toLowerCase() === type
    assert(this.mstore, outcome, { thing: 'answer of the bootstrap', expected: `200 ${type}`, got, holds })
  },
)

Then('the answer of the bootstrap tells a B-TID and a lifetime', function (this: TouchstoneWorld) {
  const outcome = this.mstore.bootstrapped
  const info = infoOf(outcome)
  assert(this.mstore, outcome, {
    thing: 'body of the answer of the bootstrap',
    expected: 'BootstrappingInfo of uri:3gpp-gba with btid and lifetime',
    got: info.kind === 'parse-error' ? info.reason : 'that',
    holds: info.kind !== 'parse-error' && answerOf(outcome.legs.at(-1))?.status === 200,
  })
})

Then('the bootstrapping server proves that it knows RES', function (this: TouchstoneWorld) {
  const outcome = this.mstore.bootstrapped
  const header = answerOf(outcome.legs.at(-1))?.header('Authentication-Info') ?? null
  const proved = outcome.kind === 'bootstrapped' || outcome.cause === 'unreadable-info'
  assert(this.mstore, outcome, {
    thing: 'rspauth of Authentication-Info',
    expected: 'what RES and the body give',
    got: header === null ? 'no Authentication-Info' : proved ? 'that' : outcome.reason,
    holds: header !== null && proved,
  })
})

async function bootstrap(
  session: MStoreSession,
  name: string,
  altered?: (card: SoftwareIsim) => SoftwareIsim,
): Promise<void> {
  const { subscriber } = await session.mailbox(name)
  session.keepBootstrap(await session.node.capabilities.gba.bootstrap(subscriber, altered))
}

/** The card with one bit of RES turned; CK and IK are its own. */
function withAnotherRes(card: SoftwareIsim): SoftwareIsim {
  return {
    impi: card.impi,
    answer: (challenge) => {
      const said = card.answer(challenge)
      return said.kind === 'accepted' ? { ...said, res: turned(said.res) } : said
    },
  }
}

function turned<Value extends Uint8Array>(res: Value): Value {
  return res.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) as Value
}

/** The leg whose challenge was answered last: after a resynchronisation not the first one. */
function answered({ legs }: UbOutcome): UbLeg | undefined {
  return legs.at(-2) ?? legs[0]
}

function answerOf(leg: UbLeg | undefined): Answer | null {
  return leg?.result.kind === 'answered' ? leg.result.answer : null
}

/** A parameter of the challenge that a leg was answered with; null where there is none. */
function challengeParam(leg: UbLeg | undefined, name: string): string | null {
  const text = answerOf(leg)?.header('WWW-Authenticate') ?? ''
  const params = parseAuthParams(text.replace(/^Digest /i, ''))
  return params.kind === 'parse-error' ? null : paramValue(params.params, name)
}

function infoOf({ legs }: UbOutcome) {
  return parseBootstrappingInfo(fromUtf8(answerOf(legs.at(-1))?.body ?? new Uint8Array()) ?? '')
}

/** The name by which the client knows the server: the realm that it asks for. */
function nameOf({ legs }: UbOutcome): string {
  const authorization = legs[0]?.request.headers.find(([name]) => name === 'Authorization')?.[1] ?? ''
  const params = parseAuthParams(authorization.replace(/^Digest /, ''))
  return params.kind === 'parse-error' ? '' : (paramValue(params.params, 'realm') ?? '')
}

interface Compared {
  readonly thing: string
  readonly expected: string
  readonly got: string
  readonly holds: boolean
}

/** Asserts something of the bootstrap, shown by its last exchange. */
function assert(session: MStoreSession, { legs }: UbOutcome, compared: Compared): void {
  const result = legs.at(-1)?.result
  const exchange =
    result === undefined ? null : result.kind === 'answered' ? result.answer.exchange.id : result.exchange.id
  session.check.that({ ...compared, exchange })
}
