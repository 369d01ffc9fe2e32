import { UsageError } from '#evidence/usage-error.ts'
import type { WireRequest } from './wire-request.ts'

/** Where a request goes. */
export interface HttpEndpoint {
  readonly secure: boolean
  /** Name or address without brackets. */
  readonly host: string
  readonly port: number
  /** The value of the Host header: host, and port where it is not the scheme's own. */
  readonly authority: string
  /** The raw request target. */
  readonly path: string
  /** The whole as an absolute URL, without credentials. */
  readonly url: string
  /** Whether a server under test named the place. */
  readonly isGiven: boolean
}

/** A server's base URL: its origin, and a path without a closing slash that goes before every target. */
export interface Base {
  readonly origin: URL
  readonly prefix: string
}

const HTTP_PORT = 80
const HTTPS_PORT = 443

/** Reads the base URL of a target; throws a UsageError unless it is http or https without query and fragment. */
export function parseBase(url: string): Base {
  const origin = parseHttpUrl(url)
  if (origin === null || origin.search !== '' || origin.hash !== '') {
    throw new UsageError(
      `url: expected http://host[:port][/path] or https://…, got ${JSON.stringify(withoutUser(url))}`,
    )
  }
  return { origin, prefix: origin.pathname.replace(/\/+$/, '') }
}

/**
 * Where that request goes: below the base, or to its own absolute URL, whose path is taken as written.
 * Null when that URL is not an absolute http(s) URL.
 */
export function endpointOf(base: Base, request: WireRequest): HttpEndpoint | null {
  if (request.url === undefined) return locate(base.origin, base.prefix + request.target, false)
  const url = parseHttpUrl(request.url)
  return url === null ? null : locate(url, rawPath(request.url), true)
}

function locate(origin: URL, path: string, isGiven: boolean): HttpEndpoint {
  const secure = origin.protocol === 'https:'
  return {
    secure,
    host: origin.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: portOf(origin),
    authority: origin.host,
    path,
    url: `${origin.protocol}//${origin.host}${path}`,
    isGiven,
  }
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? HTTPS_PORT : HTTP_PORT
}

/** The endpoint of a URL that the tester named. Throws a UsageError where it is none. */
export function endpointAt(url: string): HttpEndpoint {
  const origin = parseHttpUrl(url)
  if (origin === null) throw new UsageError(`url: expected http://… or https://…, got ${JSON.stringify(url)}`)
  return locate(origin, rawPath(url), false)
}

function parseHttpUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:\/\//i.test(text) && url.hostname !== '' ? url : null
}

/** Path and query exactly as they are written, without the fragment. */
function rawPath(url: string): string {
  const path = url.replace(/^[^:]*:\/\/[^/?#]*/, '').replace(/#.*$/s, '')
  return path.startsWith('/') ? path : `/${path}`
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, '//')
}
