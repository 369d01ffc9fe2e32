import type { RelaySession } from './session.ts'

/** How a number is made of another party's. */
const NEIGHBOURS: Readonly<Record<string, (number: string) => string>> = {
  'with another last digit': (number) => number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10),
  'with a digit more': (number) => `${number}0`,
  'without its last digit': (number) => number.slice(0, -1),
}

/**
 * The number that a table writes: `+44xxxx` with a digit drawn for each x, or `Alice's with a digit more`. Throws
 * where it is neither.
 */
export function numberLike(session: RelaySession, pattern: string): string {
  const [, name = '', change = ''] = /^(\w+)'s (.+)$/.exec(pattern) ?? []
  if (name === '') return pattern.replace(/x/g, () => String((session.random(1)[0] ?? 0) % 10))
  const neighbour = NEIGHBOURS[change]
  if (neighbour === undefined)
    throw new Error(`number: expected one ${Object.keys(NEIGHBOURS).join(', ')}; got "${change}"`)
  return neighbour(session.party(name).number)
}
