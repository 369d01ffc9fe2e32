/** Another node, as this one knows it: under which URL, and by which token they know each other. */
export interface PeerNode {
  readonly url: string
  readonly token: string
}

/** A number of a peer, by its directory token; not listed where it can no longer be written to. */
export interface ListedNumber {
  readonly token: string
  readonly listed: boolean
  readonly supportsSms: boolean
}

/** A number that a peer lists. */
export interface PeerListing {
  readonly peer: string
  readonly supportsSms: boolean
}

/** What the peers list, as the rules see it: to read, never to write. */
export interface PeerListings {
  /** The first peer, in the order in which they were named, that lists a token. */
  of(token: string): PeerListing | undefined
  /** How many numbers a peer lists. */
  size(peer: string): number
}

/** What the peers list, each for itself; finding a token takes the same time at any number of accounts. */
export class PeerListingStore implements PeerListings {
  /** By peer, then by token: whether the number supports SMS. */
  readonly #listings = new Map<string, Map<string, boolean>>()

  of(token: string): PeerListing | undefined {
    for (const [peer, listing] of this.#listings) {
      const supportsSms = listing.get(token)
      if (supportsSms !== undefined) return { peer, supportsSms }
    }
    return undefined
  }

  size(peer: string): number {
    return this.#listings.get(peer)?.size ?? 0
  }

  /** Keeps what a peer says; `whole` in place of all it said before. */
  list(peer: string, listing: readonly ListedNumber[], whole: boolean): void {
    const known = this.#listings.get(peer)
    if (known === undefined) return
    if (whole) known.clear()
    for (const { token, listed, supportsSms } of listing) {
      if (listed) known.set(token, supportsSms)
      else known.delete(token)
    }
  }

  /** Forgets what others list than these peers, and puts them into this order. */
  keep(peers: readonly string[]): void {
    const known = new Map(this.#listings)
    this.#listings.clear()
    for (const peer of peers) this.#listings.set(peer, known.get(peer) ?? new Map<string, boolean>())
  }

  /** Forgets what the peers list, and not the peers. */
  clear(): void {
    for (const listing of this.#listings.values()) listing.clear()
  }
}
