import { utf8 } from '#protocol/bytes.ts'
import { basicAuthorization } from '#protocol/relay/credentials.ts'
import { listingBody, listingOf, listingPage, readListing } from './listings.ts'
import type { ListedNumber } from './peer-store.ts'
import type { Relay } from './relay.ts'
import type { PeerAnswer, PeerRequest } from './peer-requests.ts'

/** A request to another node, as HTTP has it. Times in ms. */
export interface PeerCall {
  readonly url: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly timeoutMs: number
  /** Whether doing it twice is as good as once. */
  readonly isRepeatable: boolean
}

/** How this node reaches its peers. */
export interface PeerLinkParts {
  readonly relay: Relay
  /** The name by which the peers know this node. */
  readonly name: string
  /** What this node and its peers know each other by. */
  readonly token: string
  /** Never rejects: a peer that cannot be reached is an answer of its own kind. */
  readonly call: (call: PeerCall) => Promise<PeerAnswer>
}

/** A peer as it can be shown. `failure` is what went wrong when listings were last exchanged. */
export interface ShownPeer {
  readonly url: string
  /** Its control plane; null where this node does not know it. */
  readonly control: string | null
  /** How many numbers it lists. */
  readonly listed: number
  readonly failure: string | null
}

/** What is known of the way to one peer. */
interface Link {
  readonly name: string
  readonly url: string
  readonly control: string | null
  /** Listings go out one after the other, so that the last one sent is the latest. */
  turn: Promise<unknown>
  /** Null once both have the other's listing; from then on changes are enough. */
  failure: string | null
}

/** URLs by the names of the nodes they belong to. */
export type UrlsByName = Readonly<Record<string, string>>

const NOT_YET = 'no listings were exchanged yet'
/** Where nodes announce their numbers to each other: whole listings and changes alike may be sent twice. */
const LISTING = path('listing')
const NO_BODY = new Uint8Array()

/**
 * The connections to the peers of a node. Each change of a listing is announced before the request that caused it
 * is answered; where that failed, whole listings are exchanged the next time.
 */
export class PeerLinks {
  readonly name: string
  readonly #relay: Relay
  readonly #token: string
  readonly #call: PeerLinkParts['call']
  #links: readonly Link[] = []

  constructor({ relay, name, token, call }: PeerLinkParts) {
    this.#relay = relay
    this.name = name
    this.#token = token
    this.#call = call
  }

  /** How much later than a change it is announced to the peers, in ms. */
  get announceAfterMs(): number {
    return this.#relay.rulebook.federation.announceAfterMs
  }

  /** The peers by name. */
  shown(): Readonly<Record<string, ShownPeer>> {
    return Object.fromEntries(
      this.#links.map(({ name, url, control, failure }) => {
        const listed = this.#relay.store.peerListings.size(name)
        return [name, { url, control, listed, failure }]
      }),
    )
  }

  /**
   * Takes these peers, URLs by name, in place of those there were, and exchanges listings with each; `areEmpty`
   * says that no number is registered yet, so that there is nothing to exchange. The URLs of their control planes are
   * only passed on.
   */
  async connect(peers: UrlsByName, controls: UrlsByName = {}, areEmpty = false): Promise<void> {
    const nodes = Object.entries(peers).map(([name, url]) => [name, { url, token: this.#token }] as const)
    this.#relay.store.apply([{ kind: 'peers-set', peers: new Map(nodes) }])
    this.#links = nodes.map(([name, { url }]) => {
      const control = controls[name] ?? null
      return { name, url, control, turn: Promise.resolve(), failure: areEmpty ? null : NOT_YET }
    })
    if (!areEmpty) await this.exchange()
  }

  /** Exchanges whole listings with each peer. */
  async exchange(): Promise<void> {
    await Promise.all(this.#links.map((link) => inTurn(link, () => this.#exchangeWith(link))))
  }

  /** Announces to the peers what these numbers of ours are now; returns a line for each peer that was not reached. */
  async announce(numbers: readonly string[]): Promise<readonly string[]> {
    await Promise.all(this.#links.map((link) => inTurn(link, () => this.#announceTo(link, numbers))))
    return this.#links.flatMap(({ name, failure }) =>
      failure === null ? [] : [`peer ${name} was not reached: ${failure}`],
    )
  }

  /** Asks a peer on behalf of a client. */
  ask(asked: PeerRequest): Promise<PeerAnswer> {
    const link = this.#links.find(({ name }) => name === asked.peer)
    if (link === undefined) return Promise.resolve({ kind: 'unreachable', reason: 'no longer a peer' })
    switch (asked.kind) {
      case 'fetch-prekeys':
        return this.#send(link, ['GET', path('key', asked.number, asked.device)])
      case 'submit-messages': {
        const { sender, destination, body } = asked
        const place = path('messages', sender.number, String(sender.deviceId), destination)
        return this.#send(link, ['PUT', place], body.bytes === 'too-long' ? NO_BODY : body.bytes)
      }
      default:
        return asked satisfies never
    }
  }

  async #announceTo(link: Link, numbers: readonly string[]): Promise<void> {
    if (link.failure !== null) {
      await this.#exchangeWith(link)
      return
    }
    const listing = numbers.map((number) => listingOf(number, this.#relay.scene))
    link.failure = await this.#announceListing(link, 'PATCH', listing)
  }

  async #exchangeWith(link: Link): Promise<void> {
    link.failure = (await this.#sendAll(link)) ?? (await this.#readAll(link))
  }

  async #sendAll(link: Link): Promise<string | null> {
    let failure: string | null = null
    let next: number | null = 0
    for (let method = 'PUT'; next !== null && failure === null; method = 'PATCH') {
      const { page, next: after } = listingPage(next, this.#relay.scene)
      failure = await this.#announceListing(link, method, page)
      next = after
    }
    return failure
  }

  async #announceListing(
    link: Link,
    method: string,
    listing: readonly ListedNumber[],
  ): Promise<string | null> {
    const body = utf8(JSON.stringify(listingBody(listing)))
    return failureOf(await this.#send(link, [method, path('listing')], body))
  }

  async #readAll(link: Link): Promise<string | null> {
    const listing: ListedNumber[] = []
    let next: number | null = 0
    while (next !== null) {
      const answer = await this.#send(link, ['GET', path('listing', String(next))])
      const failure = failureOf(answer)
      if (failure !== null) return failure
      const read = answer.kind === 'answered' ? readListing(answer.body) : null
      if (read === null) return 'expected a listing, got another body'
      for (const listed of read.listing) listing.push(listed)
      next = read.next !== null && read.next > next ? read.next : null
    }
    this.#relay.store.apply([{ kind: 'peer-listed', peer: link.name, whole: true, listing }])
    return null
  }

  #send(
    { url }: Link,
    [method, place]: readonly [method: string, path: string],
    body: Uint8Array = NO_BODY,
  ): Promise<PeerAnswer> {
    const authorization = basicAuthorization({ username: this.name, password: this.#token })
    const headers = {
      Authorization: authorization,
      ...(body.length === 0 ? {} : { 'Content-Type': 'application/json' }),
    }
    const { timeoutMs } = this.#relay.rulebook.federation
    const isRepeatable = place.startsWith(LISTING)
    return this.#call({ url, method, path: place, headers, body, timeoutMs, isRepeatable })
  }
}

/** Does something when all that was begun before is done. */
function inTurn(link: Link, task: () => Promise<void>): Promise<void> {
  const done = link.turn.then(task)
  link.turn = done.catch(() => undefined)
  return done
}

function path(...parts: readonly string[]): string {
  return ['/v1/federation', ...parts.map(encodeURIComponent)].join('/')
}

function failureOf(answer: PeerAnswer): string | null {
  if (answer.kind === 'unreachable') return answer.reason
  if (answer.status === 200) return null
  return answer.status === 404
    ? 'answered 404: it does not know this node by its name and token'
    : `answered ${answer.status}`
}
