import { fetchPrekeys } from '#driver/relay/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Party } from './party.ts'
import { entriesOf, readEntries } from './prekey-entries.ts'
import type { Granted, HandOut } from './prekey-ledger.ts'
import { askForCode, confirmParty, credentials } from './registration.ts'
import { isOk } from './session.ts'
import type { Observed } from '../../shared/session.ts'
import type { RelaySession } from './session.ts'

/** Who asks for prekeys of whom. */
export interface Fetch {
  readonly by: Party
  readonly of: Party
  /** The last part of the path: a device id, a star, or whatever a scenario puts in their place. */
  readonly device: string
  /** The `relay` of the query. */
  readonly relay?: string
}

/** Every device, as the page writes it. */
export const EVERY_DEVICE = '*'

/** The request, with the last part of its path as it is. */
export function fetchRequest({ by, of, device, relay }: Fetch): WireRequest {
  const request = fetchPrekeys(credentials(by), of.number, EVERY_DEVICE, relay)
  return { ...request, target: request.target.replace(/\/\*(?=\?|$)/, `/${device}`) }
}

/**
 * What is violated where the request is not granted: it depends on what is left. A star and a peer have
 * requirements of their own.
 */
export function fetchRequirement({ of, device, relay }: Fetch): string {
  if (relay !== undefined) return 'RELAY-PREKEY-18'
  if (device === EVERY_DEVICE) return 'RELAY-PREKEY-08'
  const id = Number(device)
  const held = of.prekeys.current(id)
  if (held.length === 0 || of.prekeys.left(id).length > 0) return 'RELAY-PREKEY-01'
  const isLastResortKnown = held.some((one) => one.lastResort && of.prekeys.grantsOf(one).length > 0)
  return isLastResortKnown ? 'RELAY-PREKEY-06' : 'RELAY-PREKEY-05'
}

/** Makes a request that must be granted, or `requirement` is violated; tells what it handed out. */
export async function fetchWell(
  session: RelaySession,
  fetch: Fetch,
  requirement = fetchRequirement(fetch),
): Promise<readonly HandOut[]> {
  const request = fetchRequest(fetch)
  const observed = await session.ask(request)
  session.mustHaveSucceeded(request, observed, requirement)
  entriesOf(session, observed, requirement)
  return noteFetch(fetch, observed)?.handOuts ?? []
}

/** Keeps what an answer handed out; null where it granted nothing. */
export function noteFetch({ by, of, device }: Fetch, observed: Observed): Granted | null {
  return isOk(observed) ? of.prekeys.grant(by.name, device, readEntries(observed)) : null
}

/** So many requests for one device get past every known limiter, whoever makes them (E-64). */
const FETCHES_BY_ONE_CALLER = 3

/**
 * Somebody nobody else in the scenario knows, who may still ask for that device without meeting a limiter.
 * New ones are registered as they are needed.
 */
export async function somebody(session: RelaySession, of: Party, device: string): Promise<Party> {
  for (let index = 1; ; index += 1) {
    const caller = session.party(`caller ${index}`)
    if (of.prekeys.countOf(caller.name, device) >= FETCHES_BY_ONE_CALLER) continue
    if (caller.devices.length === 0) await confirmCaller(session, caller)
    return caller
  }
}

/** Confirms somebody who only asks, and so needs no push id. */
export async function confirmCaller(session: RelaySession, caller: Party): Promise<void> {
  await askForCode(session, caller)
  await confirmParty(session, caller)
}
