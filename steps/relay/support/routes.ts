import type { MessageRoute } from './outgoing.ts'
import type { RelaySession } from './session.ts'

/** A route by names: of two parties, and of the relay that the request names, if any. */
interface NamedRoute {
  readonly from: string
  readonly to: string
  /** TARGET is the relay under test, PEER the one that it federates with; another is named as it stands. */
  readonly relay?: string | undefined
}

/** Sender, recipient, and the relay that the message names. */
export function routeOf(session: RelaySession, { from, to, relay }: NamedRoute): MessageRoute {
  const route = { from: session.party(from), to: session.party(to) }
  return relay === undefined ? route : { ...route, relay: nodeNamed(session, relay) }
}

/** The name under which requests go to a node. */
export function nodeNamed({ home }: RelaySession, relay: string): string {
  if (relay !== 'PEER' && relay !== 'TARGET') return relay
  const { name, knownAs } = home.capabilities.federation()
  return relay === 'PEER' ? name : knownAs
}
