import { fetchPrekeys } from '#driver/relay/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Party } from './party.ts'
import { entriesOf, readEntries } from './prekey-entries.ts'
import type { GrantedFetch, PrekeyHandedOut } from './prekey-ledger.ts'
import { confirmFully, credentials } from './registration.ts'
import { isOk, REFUSAL, type RelaySession } from './session.ts'
import type { Observed } from '../../shared/support/session.ts'

/** The caller that asks for prekeys, and their owner. */
export interface PrekeyFetch {
  readonly by: Party
  readonly of: Party
  /** The last part of the path: a device id, a star, or whatever a scenario puts in their place. */
  readonly device: string
  /** The `relay` of the query. */
  readonly relay?: string
}

/** Every device, as the relay spec writes it. */
export const EVERY_DEVICE = '*'

/** The request, with the last part of its path as it is. */
export function fetchRequest({ by, of, device, relay }: PrekeyFetch): WireRequest {
  const request = fetchPrekeys(credentials(by), of.number, EVERY_DEVICE, relay)
  return { ...request, target: request.target.replace(/\/\*(?=\?|$)/, `/${device}`) }
}

/**
 * What is violated where the request is not granted: it depends on what is left. A star and a peer have
 * requirements of their own.
 */
export function fetchRequirement({ of, device, relay }: PrekeyFetch): string {
  if (relay !== undefined) return 'RELAY-PREKEY-18'
  if (device === EVERY_DEVICE) return 'RELAY-PREKEY-08'
  const id = Number(device)
  const held = of.prekeys.current(id)
  if (held.length === 0 || of.prekeys.left(id).length > 0) return 'RELAY-PREKEY-01'
  const isLastResortKnown = held.some((one) => one.lastResort && of.prekeys.grantsOf(one).length > 0)
  return isLastResortKnown ? 'RELAY-PREKEY-06' : 'RELAY-PREKEY-05'
}

/** Makes a request that must be granted, or `requirement` is violated; returns what it handed out. */
export async function fetchWell(
  session: RelaySession,
  fetch: PrekeyFetch,
  requirement = fetchRequirement(fetch),
): Promise<readonly PrekeyHandedOut[]> {
  const request = fetchRequest(fetch)
  const observed = await session.ask(request)
  session.mustHaveSucceeded(request, observed, requirement)
  entriesOf(session, observed, requirement)
  return noteFetch(fetch, observed)?.handOuts ?? []
}

/** Asserts that a prekey can be fetched, or the requirement of the scenario is violated. */
export async function assertFetchable(session: RelaySession, fetch: PrekeyFetch): Promise<void> {
  await fetchWell(session, fetch, session.check.requirement)
}

/** Asserts that a request for a prekey is refused; which refusal it is is noted. */
export async function assertNotFetchable(session: RelaySession, fetch: PrekeyFetch): Promise<void> {
  const request = fetchRequest(fetch)
  const { status, text, exchange } = await session.ask(request)
  const thing = `status of ${request.operation}`
  const holds = status !== null && REFUSAL.allows(status)
  session.check.that({ thing, expected: REFUSAL.text, got: text, holds, exchange })
  session.check.note(`${request.operation} answered ${text}`)
}

/** Keeps what an answer handed out; null where it granted nothing. */
export function noteFetch({ by, of, device }: PrekeyFetch, observed: Observed): GrantedFetch | null {
  return isOk(observed) ? of.prekeys.grant(by.name, device, readEntries(observed)) : null
}

/** So many requests for one device get past every known limiter, by any callers (E-64). */
const FETCHES_BY_ONE_CALLER = 3

/**
 * A caller of no other part in the scenario, which may still ask for that device without meeting a limiter.
 * Callers are registered as they are needed.
 */
export async function freshCaller(session: RelaySession, of: Party, device: string): Promise<Party> {
  for (let index = 1; ; index += 1) {
    const caller = session.party(`caller ${index}`)
    if (of.prekeys.countOf(caller.name, device) >= FETCHES_BY_ONE_CALLER) continue
    if (caller.devices.length === 0) await confirmFully(session, caller)
    return caller
  }
}

/** Has so many callers fetch a prekey of a device, or of every device, all in parallel, once each. */
export async function fetchAtOnce(
  session: RelaySession,
  { of, device }: Pick<PrekeyFetch, 'of' | 'device'>,
  count: number,
): Promise<void> {
  const callers = Array.from({ length: count }, (_, index) => session.party(`caller ${index + 1}`))
  for (const caller of callers) await confirmFully(session, caller)
  const fetches = callers.map((by) => ({ by, of, device }))
  const answers = await Promise.all(fetches.map((fetch) => session.ask(fetchRequest(fetch))))
  for (const [index, fetch] of fetches.entries()) {
    const observed = answers[index]
    if (observed !== undefined) noteFetch(fetch, observed)
  }
  of.prekeys.askedAtOnce = count * (device === EVERY_DEVICE ? of.devices.length : 1)
  of.prekeys.answeredAtOnce = countedTexts(answers.map(({ text }) => text))
}

/** Each text with how often it is there, as in `17 of 200, 33 of 500`. */
function countedTexts(texts: readonly string[]): string {
  return [...new Set(texts)]
    .toSorted()
    .map((text) => `${texts.filter((one) => one === text).length} of ${text}`)
    .join(', ')
}
