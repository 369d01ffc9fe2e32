import { parsePlainJson } from '#protocol/json.ts'
import { directoryToken, parseDirectoryToken } from '#protocol/relay/tokens.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { isObject } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import { contactOf } from './directory.ts'
import type { AnnounceListing, ReadListing } from './events.ts'
import { notFederated } from './federation.ts'
import type { RelayDecision } from './outcomes.ts'
import type { Listed } from './peer-store.ts'
import type { Scene } from './scene.ts'

/** How many numbers one page of a listing holds. */
export const LISTING_PAGE = 10_000

/** What a node tells its peers of a number of its own: who it is, and whether it can be written to. */
export function listingOf(number: string, scene: Scene): Listed {
  const contact = contactOf(number, scene)
  const token = directoryToken(number)
  return contact === undefined
    ? { token, listed: false, supportsSms: false }
    : { token, listed: true, supportsSms: contact.supportsSms }
}

/** The numbers of this node that can be written to, from the account at `offset` on, a page at most. */
export function listingPage(
  offset: number,
  scene: Scene,
): { readonly page: readonly Listed[]; readonly next: number | null } {
  const page: Listed[] = []
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
export function listingBody(listing: readonly Listed[], next: number | null = null): Json {
  return { accounts: listing.map((listed) => ({ ...listed })), next }
}

/** A listing as it came from a peer; null where it is none. */
export function readListing(
  bytes: Uint8Array,
): { readonly listing: readonly Listed[]; readonly next: number | null } | null {
  const read = parsePlainJson(bytes)
  if (read.kind === 'parse-error' || !isObject(read.plain)) return null
  const { accounts, next } = read.plain
  if (!Array.isArray(accounts) || !accounts.every(isListed)) return null
  return { listing: accounts, next: typeof next === 'number' && Number.isSafeInteger(next) ? next : null }
}

function isListed(value: unknown): value is Listed {
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
export function decideAnnouncement(event: AnnounceListing, scene: Scene): RelayDecision {
  const operation = 'announce-listing'
  const peer = scene.rulebook.federation.peerOf(event.authorization, scene)
  if (peer === undefined) return notFederated(operation)
  const read = event.body.bytes === 'too-long' ? null : readListing(event.body.bytes)
  if (read === null) {
    const outcome = { operation, kind: 'malformed-body', content: { kind: 'none' } } as const
    return { outcome, changes: [], notes: ['body: expected a listing of accounts'] }
  }
  const change: RelayChange = { kind: 'peer-listed', peer, whole: event.whole, listing: read.listing }
  return {
    outcome: { operation, kind: 'announced', content: { kind: 'none' } },
    changes: [change],
    notes: [`${peer} lists ${read.listing.length} numbers`],
  }
}

/** Decides a peer's request for a page of our own listing. */
export function decideListing({ authorization, offset }: ReadListing, scene: Scene): RelayDecision {
  const operation = 'read-listing'
  const peer = scene.rulebook.federation.peerOf(authorization, scene)
  if (peer === undefined || !/^\d{1,15}$/.test(offset)) return notFederated(operation)
  const { page, next } = listingPage(Number(offset), scene)
  const content = { kind: 'json', value: listingBody(page, next) } as const
  return { outcome: { operation, kind: 'listed', content }, changes: [], notes: [] }
}
