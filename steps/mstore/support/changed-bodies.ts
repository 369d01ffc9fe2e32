import { type WireRequest, withBody } from '#driver/wire-request.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { isObject, membersOf } from '#protocol/mstore/members.ts'

/**
 * A request with another member in its JSON body, by its path `a.b`: the value as JSON, or null to leave it out.
 * Throws where the body has no member of the first name.
 */
export function withMember(request: WireRequest, path: string, value: string | null): WireRequest {
  const read = parsePlainJson(request.body ?? new Uint8Array())
  const body = read.kind === 'parse-error' ? null : read.plain
  const names = path.split('.')
  if (!isObject(body) || !Object.hasOwn(body, names[0] ?? ''))
    throw new Error(`${request.operation}: its body has no "${path}" to be changed`)
  return withBody(request, JSON.stringify(changed(body, names, value)))
}

function changed(inside: unknown, [name = '', ...rest]: readonly string[], value: string | null): unknown {
  const members = membersOf(inside)
  const { [name]: old, ...others } = members
  if (rest.length > 0) return { ...members, [name]: changed(old, rest, value) }
  return value === null ? others : { ...members, [name]: JSON.parse(value) as unknown }
}
