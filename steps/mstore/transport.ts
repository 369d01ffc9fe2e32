import { Then } from '@cucumber/cucumber'
import { finalResult } from '#driver/mstore/client.ts'
import type { RawOutcome } from '#driver/raw-exchange.ts'
import type { Answer } from '#driver/wire-client.ts'
import { headerValue } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { Inconclusive } from '../shared/check.ts'
import { isSuccess } from './support/observed.ts'
import type { MStoreSession } from './support/session.ts'

const SECOND_MS = 1000
const UNAUTHORIZED = 401

Then('the mStore answers over TLS', function (this: TouchstoneWorld) {
  const { url } = this.mstore.target
  const isSecure = url.startsWith('https:')
  const { observed } = this.mstore.turn
  this.mstore.check.that({
    thing: 'answer at the base URL',
    expected: 'one over TLS',
    got: isSecure ? observed.text : `one in clear: the base URL is ${url}`,
    holds: isSecure && observed.answer !== null,
    exchange: observed.exchange,
  })
})

Then('the mStore does not serve it', function (this: TouchstoneWorld) {
  const { status, text, exchange } = this.mstore.turn.observed
  this.mstore.check.that({
    thing: 'answer in clear',
    expected: 'neither 401 nor a status from 200 to 299',
    got: text,
    holds: status !== UNAUTHORIZED && !isSuccess(status),
    exchange,
  })
})

/** Of each leg. */
Then('the status line says {string}', function (this: TouchstoneWorld, version: string) {
  for (const { statusLine, exchange } of answers(this.mstore)) {
    this.mstore.check.that({
      thing: 'status line',
      expected: `${version} and a status`,
      got: statusLine,
      holds: statusLine.startsWith(`${version} `),
      exchange: exchange.id,
    })
  }
})

/** Of each leg. */
Then('the answer has no header {string}', function (this: TouchstoneWorld, name: string) {
  for (const answer of answers(this.mstore)) {
    const value = answer.header(name)
    const thing = `header ${name}`
    const got = value ?? 'none'
    this.mstore.check.that({
      thing,
      expected: 'none',
      got,
      holds: value === null,
      exchange: answer.exchange.id,
    })
  }
})

/** Of each leg. */
Then('the answer does not offer to keep the connection', function (this: TouchstoneWorld) {
  for (const answer of answers(this.mstore)) {
    const offers = ['Connection', 'Keep-Alive'].flatMap((name) => {
      const value = answer.header(name)
      return value === null ? [] : [`${name}: ${value}`]
    })
    this.mstore.check.that({
      thing: 'headers of the connection',
      expected: 'no Keep-Alive, and no Connection: keep-alive',
      got: offers.length === 0 ? 'none' : offers.join(', '),
      holds: !offers.some((offer) => /keep-alive/i.test(offer)),
      exchange: answer.exchange.id,
    })
  }
})

Then('the body of the answer is as long as the answer says', function (this: TouchstoneWorld) {
  eachConnection(this.mstore, ({ headers, body, status, exchange }) => {
    const told = headerValue(headers, 'Content-Length')
    this.mstore.check.that({
      thing: 'bytes from the head of the answer to the end of the connection',
      expected: told ?? 'any number',
      got: status === null ? 'no answer' : String(body.length),
      holds: status !== null && (told === null || Number(told) === body.length),
      exchange: exchange.id,
    })
  })
})

Then(
  'the connection ends within {int} seconds of the answer',
  function (this: TouchstoneWorld, seconds: number) {
    eachConnection(this.mstore, ({ finMs, reset, status, exchange }) => {
      const ended = reset
        ? 'a reset'
        : finMs === null
          ? 'a connection that stays open'
          : `an end after ${finMs} ms`
      this.mstore.check.that({
        thing: 'end of the connection',
        expected: `within ${seconds} s of the last byte of an answer`,
        got: status === null ? 'no answer' : ended,
        holds: status !== null && (reset || (finMs !== null && finMs <= seconds * SECOND_MS)),
        exchange: exchange.id,
      })
    })
  },
)

Then('nothing follows the answer', function (this: TouchstoneWorld) {
  eachConnection(this.mstore, ({ statusLine, secondStatusLine, exchange }) => {
    this.mstore.check.that({
      thing: 'answers on one connection',
      expected: 'one',
      got: [statusLine, secondStatusLine].map((line) => line ?? 'none').join(', then '),
      holds: statusLine !== null && secondStatusLine === null,
      exchange: exchange.id,
    })
  })
})

Then('TLS does not agree on {string}', function (this: TouchstoneWorld, protocol: string) {
  if (!this.mstore.target.url.startsWith('https:'))
    throw new Inconclusive('the target speaks no TLS, so that no protocol is agreed on')
  eachConnection(this.mstore, ({ alpn, failure, exchange }) => {
    this.mstore.check.that({
      thing: 'protocol that TLS agrees on',
      expected: `another than ${protocol}, or none`,
      got: alpn ?? failure ?? 'none',
      holds: alpn !== protocol,
      exchange: exchange.id,
    })
  })
})

Then('the mStore answers within {int} seconds', function (this: TouchstoneWorld, seconds: number) {
  const { answer, text, exchange } = this.mstore.turn.observed
  const took = answer?.exchange.durationMs ?? null
  this.mstore.check.that({
    thing: 'time to the answer',
    expected: `${seconds} s at most`,
    got: took === null ? text : `${took} ms`,
    holds: took !== null && took <= seconds * SECOND_MS,
    exchange,
  })
})

/** The answers to the request of the scenario, that of the first leg before that of the second. */
function answers(session: MStoreSession): readonly Answer[] {
  const { observed } = session.turn
  if (observed.call === null) return present(session, [observed.answer])
  const { first } = observed.call
  const last = finalResult(observed.call)
  return present(
    session,
    (first === last ? [first] : [first, last]).map((leg) => (leg.kind === 'answered' ? leg.answer : null)),
  )
}

function present(session: MStoreSession, found: readonly (Answer | null)[]): readonly Answer[] {
  const { text, exchange } = session.turn.observed
  const whole = found.filter((answer) => answer !== null)
  const holds = whole.length === found.length
  session.check.that({ thing: 'answer', expected: 'one', got: holds ? 'one' : text, holds, exchange })
  return whole
}

function eachConnection(session: MStoreSession, assert: (outcome: RawOutcome) => void): void {
  session.connections.forEach(assert)
}
