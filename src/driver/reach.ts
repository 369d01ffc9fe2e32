import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { addressKind, isLocalhost, isOfThisMachine, plainAddress } from './address.ts'
import type { HttpEndpoint } from './endpoint.ts'
import type { Target } from './target.ts'

/** Where a run may go on the word of a server under test, which hands out locations of attachments. */
export interface AllowedReach {
  /** The base URL of the server. */
  readonly target: string
  /** Further origins that the target file allows. */
  readonly attachmentOrigins: readonly string[]
  /** Base URLs of the tester's own, where no server may send a run. */
  readonly controlPlanes: readonly string[]
}

/** A place that a server names and a run does not go to: why, and what in the target file would change that. */
export class PlaceRefused extends Error {
  override readonly name = 'PlaceRefused'
  readonly enable: string

  constructor(why: string, enable: string) {
    super(why)
    this.enable = enable
  }
}

/** Where the server of that target may send a run. */
export function reachOf(target: Target): AllowedReach {
  const { url, capabilities } = target
  const attachmentOrigins = target.protocol === 'relay' ? (target.attachmentOrigins ?? []) : []
  return { target: url, attachmentOrigins, controlPlanes: planesIn(capabilities) }
}

function planesIn(part: object): readonly string[] {
  if ('kind' in part && part.kind === 'mock-control' && 'url' in part) return [String(part.url)]
  return Object.values(part).flatMap((member: unknown) =>
    typeof member === 'object' && member !== null ? planesIn(member) : [],
  )
}

/** The addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Asks as connections do: the hosts file, then the name servers. Names below `localhost` are this machine (RFC 6761). */
export const resolveHost: Resolve = async (host) => {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    if (isLocalhost(host)) return ['127.0.0.1']
    throw error
  }
}

/**
 * The addresses at which a place that a server names may be connected to; null where that is the server itself, by the
 * name that the target file has for it. An address is judged in every spelling, a name by all that it resolves to; one
 * that is not allowed is not even looked up. Rejected with PlaceRefused where a run does not go there, and with the
 * resolver's error where an allowed name has no address.
 */
export async function admittedAddresses(
  place: HttpEndpoint,
  reach: AllowedReach,
  resolve: Resolve,
): Promise<readonly string[] | null> {
  const origin = new URL(place.url).origin
  const isTarget = origin === new URL(reach.target).origin
  if (isTarget && !leadsToPlane(place.url, reach)) return null
  if (isTarget) throw never(place, THE_PLANE)
  const isHere = isOfThisMachine(hostOf(new URL(reach.target)))
  const isAllowed =
    reach.attachmentOrigins.some((allowed) => new URL(allowed).origin === origin) ||
    (isHere && isOfThisMachine(place.host))
  if (!isAllowed && isIP(place.host) === 0) throw unlisted(origin)
  const addresses = await addressesOf(place.host, resolve)
  await refuseAlways({ ...place, addresses }, { ...reach, isHere }, resolve)
  if (!isAllowed) throw unlisted(origin)
  return addresses
}

/** Throws where an address is one to which no server may send a run, whatever the target file says. */
async function refuseAlways(
  place: HttpEndpoint & Socketed,
  { controlPlanes, isHere }: AllowedReach & { readonly isHere: boolean },
  resolve: Resolve,
): Promise<void> {
  for (const plane of controlPlanes) {
    if (await isSamePlace(place, plane, resolve)) throw never(place, THE_PLANE)
  }
  const kinds = new Set(place.addresses.map(addressKind))
  const forbidden = NEVER.find((kind) => kinds.has(kind))
  if (forbidden !== undefined) throw never(place, `${ARTICLES[forbidden]} address`)
  if (kinds.has('loopback') && !isHere) throw never(place, 'this machine, from a server elsewhere')
}

const THE_PLANE = 'the control plane'

function unlisted(origin: string): PlaceRefused {
  const why = `${origin} is neither the server's own origin nor one that the target file allows`
  return new PlaceRefused(why, `attachmentOrigins: [${origin}]`)
}

const NEVER = ['link-local', 'unspecified', 'multicast'] as const
const ARTICLES: Readonly<Record<(typeof NEVER)[number], string>> = {
  'link-local': 'a link-local',
  unspecified: 'an unspecified',
  multicast: 'a multicast',
}

function never({ host, port }: HttpEndpoint, whither: string): PlaceRefused {
  const why = `${host}:${port} leads to ${whither}`
  return new PlaceRefused(why, `none: a location at ${why}, where no server may send a run`)
}

function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  return isIP(host) === 0 ? resolve(host) : Promise.resolve([host])
}

interface Socketed {
  readonly addresses: readonly string[]
  readonly port: number
}

async function isSamePlace({ addresses, port }: Socketed, plane: string, resolve: Resolve): Promise<boolean> {
  const url = new URL(plane)
  if (port !== Number(url.port || DEFAULT_PORTS[url.protocol])) return false
  const own = (await addressesOf(hostOf(url), resolve).catch(() => [])).map(plainAddress)
  // All of loopback, and the unspecified address, are one machine.
  const isHere = own.some(isThisMachine)
  return addresses.some(
    (address) => own.includes(plainAddress(address)) || (isHere && isThisMachine(address)),
  )
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

function isThisMachine(address: string): boolean {
  return ['loopback', 'unspecified'].includes(addressKind(address))
}

/** Whether a location on the server's own origin is of a control plane there: the longest base that it is below says. */
function leadsToPlane(location: string, { target, controlPlanes }: AllowedReach): boolean {
  const above = [target, ...controlPlanes].filter((base) => isBelow(location, base))
  const longest = above.toSorted((a, b) => b.length - a.length)[0]
  return longest !== undefined && longest !== target
}

/** Whether a location is at or below a base URL, whichever way its path is written. */
function isBelow(location: string, base: string): boolean {
  const [url, { origin, pathname }] = [new URL(location), new URL(base)]
  const path = decoded(url.pathname)
  const prefix = decoded(pathname).replace(/\/+$/, '')
  return url.origin === origin && (path === prefix || path.startsWith(`${prefix}/`))
}

function decoded(path: string): string {
  try {
    const single = decodeURIComponent(path).replace(/[\\/]+/g, '/')
    return new URL(single, 'http://host').pathname.toLowerCase()
  } catch {
    return path
  }
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
