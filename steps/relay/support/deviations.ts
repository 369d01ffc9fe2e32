import { basic } from '#driver/relay/operations.ts'
import { withHeader, withTarget } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Deviation } from '../../shared/session.ts'
import { authorizedAs } from './authorization.ts'
import { oddly, withUnknownMembers } from './odd-requests.ts'
import type { Party } from './party.ts'
import { credentials } from './registration.ts'
import type { RelaySession } from './session.ts'

/** Who makes a request. */
export interface RelayCaller {
  readonly session: RelaySession
  readonly party: Party
}

type Change = (caller: RelayCaller, request: WireRequest, value: string) => WireRequest

const CHANGES: Readonly<Record<string, Change>> = {
  Authorization: ({ session, party }, request, notation) => authorizedAs(session, party, notation)(request),
  'password of': ({ session, party }, request, other) => {
    const { password } = session.party(other).device()
    const { username } = credentials(party)
    return withHeader(request, 'Authorization', basic({ username, password }))
  },
  'Content-Type': ({ session, party }, request, value) =>
    oddly(session, party, { part: 'header Content-Type', value })(request),
  body: ({ session, party }, request, value) => oddly(session, party, { part: 'body', value })(request),
  'unknown member': (_, request, name) => withUnknownMembers(request, name),
}

const IN_PATH = /^"(.+)" in the path$/

/** The request with that deviation. Throws where the relay's requests have no such part. */
export function deviating(
  caller: RelayCaller,
  request: WireRequest,
  { part, value }: Deviation,
): WireRequest {
  const character = IN_PATH.exec(part)?.[1]
  if (character !== undefined) return withTarget(request, request.target.replace(character, value ?? ''))
  const change = CHANGES[part]
  if (change === undefined)
    throw new Error(`part of a request: expected ${Object.keys(CHANGES).join(', ')}; got "${part}"`)
  return change(caller, request, value ?? 'none')
}
