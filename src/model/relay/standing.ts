import type { Account } from './state.ts'

/**
 * What a number is to clients that look for it: never confirmed, unregistered by its client, certainly registered, or
 * left open.
 */
export type Standing = 'unknown' | 'unregistered' | 'registered' | 'maybe'

/** The standing of a number: of its first device, without which some relays know none of the others. */
export function standingOf({ devices }: Account): Standing {
  const [first] = devices
  if (first === undefined) return 'unknown'
  if (devices.every(({ counts }) => counts === 'no')) return 'unregistered'
  return first.isSure && first.counts === 'yes' ? 'registered' : 'maybe'
}
