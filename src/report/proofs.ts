/** What the scenarios of a requirement were proved by: ids that `touchstone faults` and `touchstone variants` know. */
export interface Proofs {
  /** Deliberate violations of it, each of which its scenarios find. */
  readonly killers: readonly string[]
  /** Other ways to meet it, each of which its scenarios accept. */
  readonly variants: readonly string[]
}
