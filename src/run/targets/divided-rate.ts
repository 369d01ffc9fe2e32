import type { Targets } from '#driver/target.ts'

/**
 * The targets as each of so many worker processes is handed them: a process paces what it sends by itself, so that the
 * rate of a target is shared out among them. With no workers, or one, they are as they were.
 */
export function withDividedRate(targets: Targets, workers: number): Targets {
  const part = <Rated extends { readonly requestsPerSecond: number | null }>(target: Rated | null) =>
    target === null || target.requestsPerSecond === null
      ? target
      : { ...target, requestsPerSecond: target.requestsPerSecond / Math.max(1, workers) }
  return { relay: part(targets.relay), mstore: part(targets.mstore) }
}
