import { fetchPrekeys, uploadPrekeys } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import { plain, type NamedOperation } from './operation.ts'
import type { Party } from './party.ts'
import { EVERY_DEVICE, assertFetchable, assertNotFetchable } from './prekey-fetches.ts'
import { fetching } from './prekey-turn.ts'
import { drawnPrekeys } from './prekey-uploads.ts'
import { credentials, register, storePrekeys } from './registration.ts'
import type { RelaySession } from './session.ts'

const CUT_SHORT = '{"cut":['

const withGcm = (session: RelaySession, party: Party) => register(session, party)
const store = (session: RelaySession, party: Party) =>
  uploadPrekeys(credentials(party), drawnPrekeys(session, party))

async function prepare(session: RelaySession, party: Party): Promise<void> {
  const bob = session.party('Bob')
  await register(session, party)
  await register(session, bob)
  await storePrekeys(session, bob)
}

const ofBob = (device: number | '*') => (session: RelaySession, party: Party) =>
  fetchPrekeys(credentials(party), session.party('Bob').number, device)

/** Operations on prekeys. */
export const PREKEY_OPERATIONS: Readonly<Record<string, NamedOperation>> = {
  'store prekeys': plain(store, { prepare: withGcm }),
  'store prekeys in malformed JSON': plain((session, party) => withBody(store(session, party), CUT_SHORT), {
    prepare: withGcm,
  }),
  'fetch a prekey': plain(ofBob(1), { prepare }),
  'fetch a prekey of every device': plain(ofBob(EVERY_DEVICE), { prepare }),
  'fetch a prekey of an unknown number': plain(
    (session, party) => fetchPrekeys(credentials(party), session.unusedNumber(), 1),
    { prepare: withGcm },
  ),
}

const FETCH = /^fetch a prekey of (\w+)('s second device)?( by way of the peer)?$/

/** `fetch a prekey of Bob`, or of Bob's second device, perhaps through the relay that the operation or the request names. */
export function prekeyOperation(name: string): NamedOperation | null {
  const [, owner, second, viaPeer] = FETCH.exec(name) ?? []
  if (owner === undefined) return null
  const fetchBy = (session: RelaySession, by: Party) => ({
    by,
    of: session.party(owner),
    device: second === undefined ? '1' : '2',
  })
  return {
    make: (session, party, relay = viaPeer === undefined ? undefined : 'PEER') =>
      fetching(session, fetchBy(session, party), relay),
    limit: { limiter: 'prekeys', passes: [200] },
    control: (session, party, isPossible) =>
      (isPossible ? assertFetchable : assertNotFetchable)(session, fetchBy(session, party)),
  }
}
