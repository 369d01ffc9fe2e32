import { fromUtf8 } from '#protocol/bytes.ts'
import { withBody, withHeader, withTarget, type WireRequest } from '#driver/wire-request.ts'
import { authorizationOf } from './authorization.ts'
import { textWith, textWithEverywhere } from './json-paths.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/** What is odd about a request, as a row of a table writes it: a part of the request, and what it is instead. */
export interface Oddity {
  /** `body`, `path` for its last part, `header NAME`, or `member PLACE` of the JSON body. */
  readonly part: string
  /** Raw text, `none` for no header; JSON for a member. */
  readonly value: string
}

/** The request with that oddity; its operation says so, too. */
export function oddly(session: RelaySession, party: Party, { part, value }: Oddity) {
  const [kind = '', name = ''] = part.split(' ')
  const change = changes[kind]
  if (change === undefined)
    throw new Error(`part of a request: expected ${Object.keys(changes).join(', ')}; got "${part}"`)
  return (request: WireRequest): WireRequest => ({
    ...change({ session, party, request, name, value }),
    operation: `${request.operation}, ${part}: ${value === '' ? 'empty' : value}`,
  })
}

/** The request with one more member, of that name, in each object of its body. */
export function withUnknownMembers(request: WireRequest, name: string): WireRequest {
  return withBody(request, textWithEverywhere(jsonIn(request), name, 1))
}

interface OddCase {
  readonly session: RelaySession
  readonly party: Party
  readonly request: WireRequest
  readonly name: string
  readonly value: string
}

const changes: Readonly<Record<string, (odd: OddCase) => WireRequest>> = {
  body: ({ request, value }) => withBody(request, value),
  path: ({ request, value }) => withTarget(request, request.target.replace(/[^/]*$/, value)),
  header: ({ session, party, request, name, value }) =>
    withHeader(request, name, authorizationOf(session, party, value)),
  member: ({ request, name, value }) => withBody(request, textWith(jsonIn(request), name, JSON.parse(value))),
}

/** The JSON in the body of a request; throws where it has no body. */
export function jsonIn({ operation, body }: WireRequest): unknown {
  if (body === null) throw new Error(`${operation}: it has no body to change`)
  return JSON.parse(fromUtf8(body) ?? '')
}
