import { UsageError } from '#evidence/usage-error.ts'
import { bracketed } from './authority.ts'

/** Where a mock listens and under which name it is reached; everything has a default. */
export interface ReachOptions {
  /** Where the mock listens, 127.0.0.1 by default. */
  readonly host?: string
  /** Where its control plane listens, 127.0.0.1 by default: a client that reaches it can do everything. */
  readonly controlHost?: string
  /**
   * The name or address by which clients reach the mock, without a port: it stands in the URLs that are announced, in the
   * realm and on cards, and the control plane answers to it. By default that of `host`.
   */
  readonly publicHost?: string
}

/** Where a mock listens and what it is called. */
export interface Reach {
  readonly host: string
  readonly controlHost: string
  /** An address by which this machine reaches the mock. */
  readonly local: string
  /** What clients are given; never an address that stands for all. */
  readonly announced: string
  readonly announcedControl: string
  /** Every name and address that stands for the mock; IPv6 without brackets. */
  readonly names: readonly string[]
}

/** Where mocks listen where no host is given, and their control planes too. */
const LOOPBACK = '127.0.0.1'

/** The names of this machine, for which the test certificate is made out. */
export const LOOPBACK_NAMES: readonly string[] = [LOOPBACK, '::1', 'localhost']

const ALL_ADDRESSES = ['0.0.0.0', '::']

/** Where a mock listens and what it is called, by these options. A public host that is none is a UsageError. */
export function reachOf({ host = LOOPBACK, controlHost = LOOPBACK, publicHost }: ReachOptions): Reach {
  const given = publicHost === undefined ? undefined : hostName(publicHost)
  const announced = given ?? single(host)
  return {
    host,
    controlHost,
    local: single(host),
    announced,
    announcedControl: LOOPBACK_NAMES.includes(controlHost) ? controlHost : (given ?? single(controlHost)),
    names: [...new Set([announced, single(host), single(controlHost), ...LOOPBACK_NAMES])],
  }
}

/** An address that a client can connect to: loopback for one that stands for all. */
function single(host: string): string {
  return ALL_ADDRESSES.includes(host) ? LOOPBACK : unbracketed(host)
}

/** The same URL at another host. */
export function urlAt(url: string, host: string): string {
  return url.replace(new URL(url).host, `${bracketed(host)}:${new URL(url).port}`)
}

function hostName(given: string): string {
  const bare = unbracketed(given)
  const url = `http://${bracketed(bare)}/`
  if (URL.canParse(url) && new URL(url).host === bracketed(bare.toLowerCase())) return bare.toLowerCase()
  throw new UsageError(
    `public host ${JSON.stringify(given)}: expected a name or an address, without scheme and port`,
  )
}

/** A host without the brackets that IPv6 has in a URL. */
function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}
