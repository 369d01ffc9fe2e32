import type { Proof, Trial } from './prove.ts'
import { startThread, type RunThread, type ThreadSurroundings } from './run-thread.ts'

/** How faults are distributed, and who receives the proofs. */
export interface ProvingOptions {
  /** How many threads prove at the same time, at most. */
  readonly threads: number
  /** Called with each proof, in the order of the trials. */
  readonly onProof: (proof: Proof) => void
}

/** A thread takes a second to begin: it has to have so many faults to prove. */
const TRIALS_PER_THREAD = 8

/**
 * Proves every trial, on several threads at once; the proofs are in the order of the trials. Once interrupted,
 * no further trial is begun, and those under way end after their running scenario.
 */
export async function proveAll(
  trials: readonly Trial[],
  { threads, onProof }: ProvingOptions,
  surroundings: ThreadSurroundings,
): Promise<readonly Proof[]> {
  const waiting = [...trials.entries()].values()
  const proofs: (Proof | undefined)[] = []
  let shown = 0
  const keep = (index: number, proof: Proof): void => {
    proofs[index] = proof
    for (let next = proofs[shown]; next !== undefined; next = proofs[shown]) {
      onProof(next)
      shown += 1
    }
  }
  const work = async (thread: RunThread): Promise<void> => {
    for (const [index, trial] of waiting) {
      if (surroundings.interrupted.aborted) return
      keep(index, await thread.prove(trial))
    }
  }
  const count = Math.max(1, Math.min(threads, Math.floor(trials.length / TRIALS_PER_THREAD)))
  const running = Array.from({ length: count }, () => startThread(surroundings))
  try {
    await Promise.all(running.map(work))
  } finally {
    await Promise.all(running.map((thread) => thread.close()))
  }
  return proofs.filter((proof) => proof !== undefined)
}
