import type { WireRequest } from '#driver/wire-request.ts'
import { withBody } from '#driver/wire-request.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { membersOf } from '#protocol/mstore/members.ts'

/** The row that stands for the body as a whole. */
const BODY = 'the body'
/** The value of a member, or of the body, that is left out. */
const NONE = 'none'

/**
 * A request with other members in its JSON body, each by its path, `a.b`: the value as JSON, or `none` to leave it
 * out. `the body` can be left out as a whole; its Content-Type stays.
 */
export function withMembers(request: WireRequest, rows: Readonly<Record<string, string>>): WireRequest {
  if (rows[BODY] === NONE) return { ...request, body: null }
  const read = parsePlainJson(request.body ?? new Uint8Array())
  if (read.kind === 'parse-error') throw new Error(`${request.operation}: has no JSON to be changed`)
  const changed = Object.entries(rows).reduce<unknown>(
    (body, [path, value]) => withMember(body, path.split('.'), value),
    read.plain,
  )
  return withBody(request, JSON.stringify(changed))
}

function withMember(value: unknown, [name = '', ...rest]: readonly string[], wanted: string): unknown {
  const members = membersOf(value)
  const { [name]: old, ...others } = members
  if (rest.length > 0) return { ...members, [name]: withMember(old, rest, wanted) }
  return wanted === NONE ? others : { ...members, [name]: JSON.parse(wanted) as unknown }
}
