import type { Account } from './state.ts'

/**
 * What a number is to those who look for it: nobody ever confirmed it, its client has unregistered, it is certainly
 * registered, or that is left open.
 */
export type Standing = 'unknown' | 'unregistered' | 'registered' | 'maybe'

/** The standing of a number: of its first device, without which some relays know none of the others. */
export function standingOf({ devices }: Account): Standing {
  const [first] = devices
  if (first === undefined) return 'unknown'
  if (devices.every(({ counts }) => counts === 'no')) return 'unregistered'
  return first.isSure && first.counts === 'yes' ? 'registered' : 'maybe'
}
