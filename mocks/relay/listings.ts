import { parsePlainJson } from '#protocol/json.ts'
import { directoryToken, parseDirectoryToken } from '#protocol/relay/tokens.ts'
import { decided } from '#mocks/engine/decision.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { isObject } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import { contactOf } from './directory.ts'
import { notFederated, type FederationRules } from './federation.ts'
import type { ListedNumber } from './peer-store.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { RawBody, RequestHead } from './requests.ts'
import type { ReachabilityRules } from './reachability.ts'

/** What a listing of the directory is made from. */
export type ListingScene = RelayScene<{
  readonly federation: FederationRules
  readonly reachability: ReachabilityRules
}>

/** A peer announces which of its own numbers can be written to: all of them, or those that changed. */
export interface AnnounceListing extends RequestHead {
  readonly kind: 'announce-listing'
  readonly whole: boolean
  readonly body: RawBody
}

/** A peer reads which of our numbers can be written to, from the account at `offset` on. */
export interface ReadListing extends RequestHead {
  readonly kind: 'read-listing'
  readonly offset: string
}

/** How many numbers one page of a listing holds. */
export const LISTING_PAGE = 10_000

/** What a node announces to its peers of a number of its own: its token, and whether it can be written to. */
export function listingOf(number: string, scene: ListingScene): ListedNumber {
  const contact = contactOf(number, scene)
  const token = directoryToken(number)
  return contact === undefined
    ? { token, listed: false, supportsSms: false }
    : { token, listed: true, supportsSms: contact.supportsSms }
}

/** The numbers of this node that can be written to, from the account at `offset` on, a page at most. */
export function listingPage(
  offset: number,
  scene: ListingScene,
): { readonly page: readonly ListedNumber[]; readonly next: number | null } {
  const page: ListedNumber[] = []
  let place = 0
  for (const number of scene.state.accounts.keys()) {
    if (place++ < offset) continue
    const listed = listingOf(number, scene)
    if (listed.listed) page.push(listed)
    if (page.length === LISTING_PAGE && place < scene.state.accounts.size) return { page, next: place }
  }
  return { page, next: null }
}

/** A listing as nodes write it to one another. */
export function listingBody(listing: readonly ListedNumber[], next: number | null = null): Json {
  return { accounts: listing.map((listed) => ({ ...listed })), next }
}

/** A listing as it came from a peer; null where it is none. */
export function readListing(
  bytes: Uint8Array,
): { readonly listing: readonly ListedNumber[]; readonly next: number | null } | null {
  const read = parsePlainJson(bytes)
  if (read.kind === 'parse-error' || !isObject(read.plain)) return null
  const { accounts, next } = read.plain
  if (!Array.isArray(accounts) || !accounts.every(isListed)) return null
  return { listing: accounts, next: typeof next === 'number' && Number.isSafeInteger(next) ? next : null }
}

function isListed(value: unknown): value is ListedNumber {
  if (!isObject(value)) return false
  const { token, listed, supportsSms } = value
  return (
    typeof token === 'string' &&
    parseDirectoryToken(token).kind === 'token' &&
    typeof listed === 'boolean' &&
    typeof supportsSms === 'boolean'
  )
}

/** Decides what a peer announces of its own numbers: all of them, or those that changed. */
export function decideAnnouncement(event: AnnounceListing, scene: ListingScene): RelayDecision {
  const operation = 'announce-listing'
  const peer = scene.rulebook.federation.peerOf(event.authorization, scene)
  if (peer === undefined) return notFederated(operation)
  const read = event.body.bytes === 'too-long' ? null : readListing(event.body.bytes)
  if (read === null) {
    return decided(operation, 'malformed-body', { notes: ['body: expected a listing of accounts'] })
  }
  const change: RelayChange = { kind: 'peer-listed', peer, whole: event.whole, listing: read.listing }
  return decided(operation, 'announced', {
    changes: [change],
    notes: [`${peer} lists ${read.listing.length} numbers`],
  })
}

/** Decides a peer's request for a page of our own listing. */
export function decideListing({ authorization, offset }: ReadListing, scene: ListingScene): RelayDecision {
  const operation = 'read-listing'
  const peer = scene.rulebook.federation.peerOf(authorization, scene)
  if (peer === undefined || !/^\d{1,15}$/.test(offset)) return notFederated(operation)
  const { page, next } = listingPage(Number(offset), scene)
  return decided(operation, 'listed', { content: { kind: 'json', value: listingBody(page, next) } as const })
}
