import type { Values } from '#model/ask.ts'
import { otherCode } from '../support/confirmations.ts'
import type { WalkParty } from './walk-party.ts'
import type { RelayWalk } from './walk.ts'

/** The number that an ask is about: a party's, or one that misses it. */
export function numberOf(walk: RelayWalk, name: string, { number }: Values): string {
  const own = walk.party(name).number
  if (number === undefined) return own
  if (number === 'a digit more') return `${own}0`
  return number === 'another digit' ? otherCode(own) : walk.stranger('nobody')
}

/** The name of a node that an ask gives: of the other node, of none, or none at all. */
export function relayOf(walk: RelayWalk, caller: WalkParty, { relay }: Values): string | undefined {
  if (relay === 'empty') return ''
  if (relay === 'unknown') return 'nowhere'
  return relay === 'peer' ? otherNode(walk, caller) : undefined
}

/** What the node of a party calls the other one. */
export function otherNode({ session }: RelayWalk, { node }: WalkParty): string {
  const { name, knownAs } = session.home.capabilities.federation()
  return node === session.home ? name : knownAs
}
