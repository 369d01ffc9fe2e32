import type { Seen } from '#model/protocol-model.ts'
import type {
  Counterexample,
  Exploration,
  ExploredServer,
  ExploreOptions,
  WalkProgress,
} from './exploration.ts'
import { nameOf, searchSequence } from './search-sequence.ts'
import { Tour } from './tour.ts'

/**
 * Walks the server until a bound is reached, and makes what it violates as short as possible. A server of which nothing
 * can be said ends it; it never rejects for what a server did.
 */
export async function explore<State, Answer extends Seen>(
  server: ExploredServer<State, Answer>,
  options: ExploreOptions,
): Promise<Exploration> {
  const tour = new Tour(server, options)
  const found = new Map<string, Counterexample>()
  const end = server.now() + options.forMs
  let sequences = 0
  const isOver = (): boolean =>
    sequences >= options.runs ||
    server.now() >= end ||
    server.interrupted.aborted ||
    tour.inconclusive !== null ||
    found.size >= options.mostCounterexamples
  const progress = (): WalkProgress => ({
    sequences,
    asks: tour.asks,
    reached: tour.reached,
    counterexamples: found.size,
  })
  while (!isOver()) {
    sequences += 1
    const counterexample = await searchSequence(tour, sequence(server, options, { sequences, found }))
    if (counterexample !== null) found.set(nameOf(counterexample.violated), counterexample)
    server.onWalk(progress())
  }
  return { sequences, counterexamples: [...found.values()], ...tour.result() }
}

function sequence<State, Answer extends Seen>(
  { now }: ExploredServer<State, Answer>,
  { seed, shrinkMs }: ExploreOptions,
  { sequences, found }: { readonly sequences: number; readonly found: ReadonlyMap<string, Counterexample> },
) {
  return {
    number: sequences,
    seed: `${seed}:${sequences}`,
    isKnown: (name: string) => found.has(name),
    now,
    shrinkMs,
  }
}
