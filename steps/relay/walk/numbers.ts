import type { Values } from '#model/ask.ts'
import { otherCode } from '../support/confirmations.ts'
import type { RelayWalkParty } from './walk-party.ts'
import type { RelayWalk } from './walk.ts'

/** A plus and fifteen digits. */
const MOST_CHARACTERS = 16

/** The number that an ask is about: a party's, or one that misses it. */
export function numberOf(walk: RelayWalk, name: string, { number }: Values): string {
  const own = walk.party(name).number
  if (number === undefined) return own
  if (number === 'a digit more') return `${own.slice(0, MOST_CHARACTERS - 1)}0`
  if (number === 'another first digit') return `+${own.startsWith('+3') ? '4' : '3'}${own.slice(2)}`
  return number === 'another digit' ? free(walk, own) : walk.unusedNumber('none')
}

/** A number that differs in its last digit and is no party's. */
function free(walk: RelayWalk, number: string): string {
  const next = otherCode(number)
  return walk.parties().some((party) => party.number === next) ? free(walk, next) : next
}

/** The name of a node that an ask gives: of the other node, of none, or none at all. */
export function relayOf(walk: RelayWalk, caller: RelayWalkParty, { relay }: Values): string | undefined {
  if (relay === 'empty') return ''
  if (relay === 'unknown') return 'nowhere'
  if (relay === 'a letter more') return `${otherNode(walk, caller)}x`
  if (relay === 'a letter less') return otherNode(walk, caller).slice(0, -1)
  return relay === 'peer' ? otherNode(walk, caller) : undefined
}

/** What the node of a party calls the other one. */
export function otherNode({ session }: RelayWalk, { node }: RelayWalkParty): string {
  const { name, knownAs } = session.home.capabilities.federation()
  return node === session.home ? name : knownAs
}
