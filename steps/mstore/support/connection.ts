import type { RawOutcome } from '#driver/raw-exchange.ts'
import type { Answer } from '#driver/wire-client.ts'
import { headerValue } from '#driver/wire-request.ts'
import { Inconclusive, type Comparison } from '../../shared/support/check.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { legAnswers } from './legs.ts'
import type { RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

const SECOND_MS = 1000

/** `the connection` of each leg: how it was opened, what it carried, and how it ended. */
export function connectionRows(session: MStoreSession): RowComparison {
  return (side, wanted) => namedEntry('connection', SIDES, side)(session, wanted)
}

type ConnectionSide = (session: MStoreSession, wanted: string) => readonly Comparison[]

const SIDES: Readonly<Record<string, ConnectionSide>> = {
  TLS: (session, wanted) => [compareTls(session, wanted)],
  ALPN: ({ connections, target }, wanted) => {
    if (!target.url.startsWith('https:'))
      throw new Inconclusive('the target speaks no TLS, so no protocol is negotiated')
    return connections.map((outcome) => compareAlpn(outcome, wanted))
  },
  'status line': (session, wanted) => legAnswers(session).map((answer) => compareVersion(answer, wanted)),
  'keep-alive': (session, wanted) => legAnswers(session).map((answer) => compareKeepAlive(answer, wanted)),
  body: ({ connections }) => connections.map(compareLength),
  answers: ({ connections }, wanted) => connections.map((outcome) => compareCount(outcome, wanted)),
  end: ({ connections }, wanted) => connections.map((outcome) => compareEnd(outcome, wanted)),
}

/** `used`. */
function compareTls({ target: { url }, turn: { observed } }: MStoreSession, wanted: string): Comparison {
  const isSecure = url.startsWith('https:')
  const { answer, exchange, text } = observed
  const got = isSecure ? text : `plain text: the base URL is ${url}`
  const expected = `an answer, with TLS ${wanted}`
  return { thing: 'answer at the base URL', expected, got, holds: isSecure && answer !== null, exchange }
}

/** `other than h2, or none`. */
function compareAlpn({ alpn, failure, exchange }: RawOutcome, wanted: string): Comparison {
  const refused = /^other than (\S+), or none$/.exec(wanted)?.[1]
  const got = alpn ?? failure ?? 'none'
  const holds = refused !== undefined && alpn !== refused
  return { thing: 'protocol that TLS negotiates', expected: wanted, got, holds, exchange: exchange.id }
}

/** The version: `HTTP/1.0`. */
function compareVersion({ statusLine, exchange }: Answer, wanted: string): Comparison {
  const holds = statusLine.startsWith(`${wanted} `)
  const expected = `${wanted} and a status`
  return { thing: 'status line', expected, got: statusLine, holds, exchange: exchange.id }
}

/** `not offered`, by either header. */
function compareKeepAlive(answer: Answer, wanted: string): Comparison {
  const offers = ['Connection', 'Keep-Alive'].flatMap((name) => {
    const value = answer.header(name)
    return value === null ? [] : [`${name}: ${value}`]
  })
  return {
    thing: 'keep-alive',
    expected: `${wanted}: no Keep-Alive, and no Connection: keep-alive`,
    got: offers.length === 0 ? 'neither header' : offers.join(', '),
    holds: !offers.some((offer) => /keep-alive/i.test(offer)),
    exchange: answer.exchange.id,
  }
}

/** `as long as Content-Length says`, where there is one. */
function compareLength({ headers, body, status, exchange }: RawOutcome): Comparison {
  const length = headerValue(headers, 'Content-Length')
  return {
    thing: 'bytes from the head of the answer to the end of the connection',
    expected: length ?? 'any number',
    got: status === null ? 'no answer' : String(body.length),
    holds: status !== null && (length === null || Number(length) === body.length),
    exchange: exchange.id,
  }
}

/** `one`. */
function compareCount({ statusLine, secondStatusLine, exchange }: RawOutcome, wanted: string): Comparison {
  const got = [statusLine, secondStatusLine].map((line) => line ?? 'none').join(', then ')
  const holds = statusLine !== null && secondStatusLine === null
  return { thing: 'answers on one connection', expected: wanted, got, holds, exchange: exchange.id }
}

/** `within 2 seconds of the answer`; a reset is an end. */
function compareEnd({ finMs, reset, status, exchange }: RawOutcome, wanted: string): Comparison {
  const seconds = Number(/^within (\d+) seconds of the answer$/.exec(wanted)?.[1])
  const end = finMs === null ? 'a connection that stays open' : `an end after ${finMs} ms`
  const isInTime = reset || (finMs !== null && finMs <= seconds * SECOND_MS)
  return {
    thing: 'end of the connection',
    expected: `within ${seconds} s of the last byte of an answer`,
    got: status === null ? 'no answer' : reset ? 'a reset' : end,
    holds: status !== null && isInTime,
    exchange: exchange.id,
  }
}
