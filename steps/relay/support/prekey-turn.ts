import type { OperationRequest } from './operation.ts'
import type { Party } from './party.ts'
import { violatedUnlessCommon } from './prekey-control.ts'
import { entriesOf } from './prekey-entries.ts'
import {
  EVERY_DEVICE,
  fetchRequest,
  fetchRequirement,
  noteFetch,
  type PrekeyFetch,
} from './prekey-fetches.ts'
import type { GrantedFetch, PrekeyHandedOut } from './prekey-ledger.ts'
import { nodeNamed } from './routes.ts'
import type { RelaySession } from './session.ts'

/**
 * The request for prekeys, by way of a relay where one is named; in a Given what it hands out must be sound.
 */
export function fetching(session: RelaySession, asked: PrekeyFetch, relay?: string): OperationRequest {
  const fetch = relay === undefined ? asked : { ...asked, relay: nodeNamed(session, relay) }
  const { prekeys } = fetch.of
  const requirement = fetchRequirement(fetch)
  const left = prekeys.left(Number(fetch.device)).length
  prekeys.grantedBy = requirement
  return {
    request: fetchRequest(fetch),
    requirement,
    remember: (observed) => {
      noteFetch(fetch, observed)
    },
    async assertSound(observed) {
      entriesOf(session, observed, requirement)
      const granted = prekeys.granted.at(-1)
      if (granted !== undefined) await assertSound(session, fetch, { granted, left })
    },
  }
}

/** What the request that the scenario is about was answered; asserts that it was granted. */
export function handedOut(session: RelaySession, { prekeys }: Party): readonly PrekeyHandedOut[] {
  entriesOf(session, session.turn.observed, prekeys.grantedBy)
  return prekeys.granted.at(-1)?.handOuts ?? []
}

/** What a Given handed out must not be wrong in a way that a requirement of its own speaks of. */
async function assertSound(
  session: RelaySession,
  { of, device }: PrekeyFetch,
  { granted: { handOuts }, left }: { readonly granted: GrantedFetch; readonly left: number },
): Promise<void> {
  assertShape(session, { of, device }, handOuts)
  const isEarly = left > 0 && handOuts.some(({ held }) => held?.lastResort)
  session.check.that({
    requirement: isEarly ? await violatedUnlessCommon(session, 'RELAY-PREKEY-07') : 'RELAY-PREKEY-07',
    thing: `prekey of ${of.name}, of whose one-time keys ${left} are left`,
    expected: 'a one-time key',
    got: isEarly ? 'the last resort key' : 'that',
    holds: !isEarly,
  })
  const again = handOuts.filter(({ held }) => held !== null && of.prekeys.isRepeated(held))
  session.check.that({
    requirement:
      again.length > 0 ? await violatedUnlessCommon(session, repeating(of, again)) : 'RELAY-PREKEY-03',
    thing: `one-time prekeys of ${of.name} handed out that were handed out before`,
    expected: '0',
    got: String(again.length),
    holds: again.length === 0,
  })
}

/** One key of the device named, or one of each device. */
function assertShape(
  { check }: RelaySession,
  { of, device }: Pick<PrekeyFetch, 'of' | 'device'>,
  handOuts: readonly PrekeyHandedOut[],
): void {
  const isStar = device === EVERY_DEVICE
  const devices = new Set(handOuts.map(({ held }) => held?.device ?? 0)).size
  check.that({
    requirement: isStar ? 'RELAY-PREKEY-08' : 'RELAY-PREKEY-09',
    thing: `prekeys of ${of.name} for the device ${device}`,
    expected: isStar ? 'one of each device' : '1',
    got: `${handOuts.length} of ${devices}`,
    holds: isStar ? devices === handOuts.length : handOuts.length === 1,
  })
}

/** What is violated where keys come again: it matters whether a request for every device had them before. */
function repeating({ prekeys }: Party, again: readonly PrekeyHandedOut[]): string {
  const earlier = again.flatMap(({ held }) => (held === null ? [] : prekeys.grantsOf(held).slice(0, -1)))
  return earlier.some(({ asked }) => asked === EVERY_DEVICE) ? 'RELAY-PREKEY-10' : 'RELAY-PREKEY-03'
}
