import { drawnFrom } from './drawn-from.ts'

/** Scenarios of which one is drawn. */
const STRETCH = 100

/**
 * One of every hundred scenarios of a run, the last fewer than a hundred among them, as their numbers in the order in which they
 * begin, from 0. They follow from `nonce` alone.
 */
export function drawnPlaces(scenarios: number, nonce: string): ReadonlySet<number> {
  const random = drawnFrom(`${nonce}:places`)
  const drawn = (bound: number): number => Buffer.from(random(4)).readUInt32BE() % bound
  const stretches = Array.from({ length: Math.ceil(scenarios / STRETCH) }, (_, index) => index * STRETCH)
  return new Set(stretches.map((from) => from + drawn(Math.min(STRETCH, scenarios - from))))
}
