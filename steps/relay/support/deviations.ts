import { basic } from '#driver/relay/operations.ts'
import { utf8 } from '#protocol/bytes.ts'
import { withBody, withHeader, withTarget, type WireRequest } from '#driver/wire-request.ts'
import type { Deviation } from '../../shared/support/session.ts'
import { authorizedAs } from './authorization.ts'
import { withPassword } from './credential-checks.ts'
import { textWith } from './json-paths.ts'
import { spelledText } from './json-spellings.ts'
import { jsonIn, withUnknownMembers } from './odd-requests.ts'
import type { Party } from './party.ts'
import { credentials, drawDevice, replaceDevices } from './registration.ts'
import type { RelaySession } from './session.ts'

/** Who makes a request. */
export interface RelayCaller {
  readonly session: RelaySession
  readonly party: Party
}

type RequestChange = (caller: RelayCaller, request: WireRequest, value: string) => WireRequest

/** Bytes that a body cut short lacks: the closing bracket and brace. */
const CLOSING_BYTES = 2

const CHANGES: Readonly<Record<string, RequestChange>> = {
  Authorization: withAuthorization,
  'password of': ({ session, party }, request, other) => {
    const { password } = session.party(other).device()
    const { username } = credentials(party)
    return withHeader(request, 'Authorization', basic({ username, password }))
  },
  'header names': (_, request, letters) => ({
    ...request,
    headers: request.headers.map(([name, value]) => [spelledName(name, letters), value]),
  }),
  'last part': (_, request) => withTarget(request, request.target.replace(/[^/]+$/, escaped)),
  connection: ({ session }, request, value) => {
    const [, whose = '', how = ''] = /^of (\w+), (kept|pipelined)$/.exec(value) ?? []
    const { password } = session.party(whose).device()
    const before = withPassword(session.party(whose), password)
    return { ...request, behind: { request: before, isPipelined: how === 'pipelined' } }
  },
  body: (_, request, value) => withBody(request, value),
  spelling: (_, request, spelling) => withBody(request, spelledText(jsonIn(request), spelling)),
  'unknown member': (_, request, name) => withUnknownMembers(request, name),
  end: (_, request) => withBody(request, (request.body ?? new Uint8Array()).slice(0, -CLOSING_BYTES)),
  'base path': (_, request, path) => ({
    ...withTarget(request, request.target.replace(/^.*\//, path)),
    operation: request.operation.replace(/\/\S*\//, path),
  }),
  transport: (_, request, value) =>
    withTarget(request, request.target.replace(/^\/v1\/accounts\/[^/]*/, `/v1/accounts/${value}`)),
  number: withLastSegment,
  device: withLastSegment,
  id: withLastSegment,
  // The operation names the relay itself
  relay: (_, request) => request,
}

/** The request with those deviations: `"+" in the path`, a header, a member of its JSON body by its path, or a part of the table above. */
export function deviated(
  caller: RelayCaller,
  request: WireRequest,
  deviations: readonly Deviation[],
): WireRequest {
  return deviations.reduce((made, { part, value }) => {
    const character = /^"(.+)" in the path$/.exec(part)?.[1]
    if (character !== undefined) return withTarget(made, made.target.replace(character, value ?? ''))
    const change = CHANGES[part] ?? (/^[A-Z]/.test(part) ? headerChange(part) : undefined)
    return change === undefined ? withMember(made, part, value) : change(caller, made, value ?? 'none')
  }, request)
}

function headerChange(name: string): RequestChange {
  return (_, request, value) => withHeader(request, name, value === 'none' ? null : value)
}

function spelledName(name: string, letters: string): string {
  return letters === 'capital' ? name.toUpperCase() : name.toLowerCase()
}

/** Each character as the escape of its byte, also where it needs none (RFC 3986, 2.3). */
function escaped(text: string): string {
  return Array.from(utf8(decodeURIComponent(text)), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(
    '',
  )
}

/** What stands in the brackets of an Authorization is a device's, so that there must be one. */
function withAuthorization(
  { session, party }: RelayCaller,
  request: WireRequest,
  notation: string,
): WireRequest {
  if (party.devices.length === 0) replaceDevices(party, drawDevice(session, party))
  return authorizedAs(session, party, notation)(request)
}

function withLastSegment(_: RelayCaller, request: WireRequest, value: string): WireRequest {
  return withTarget(request, request.target.replace(/[^/?]*(?=\?|$)/, value))
}

function withMember(request: WireRequest, path: string, json: string | null): WireRequest {
  return withBody(request, textWith(jsonIn(request), path, json === null ? undefined : JSON.parse(json)))
}
