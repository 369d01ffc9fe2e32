import { reachOf } from './reach.ts'
import type { Target } from './target.ts'
import type { WireClientOptions } from './wire-client.ts'

/** How a wire client reaches the server of a target: what it trusts, by which proxy, and where it may be sent. */
export type WireConnection = Required<Pick<WireClientOptions, 'tls' | 'reach' | 'proxy' | 'headers'>>

/** How the server of that target is reached. */
export function connectionOf(target: Target): WireConnection {
  const { tls, proxy = null, headers = {} } = target
  return { tls, proxy, headers: Object.entries(headers), reach: reachOf(target) }
}
