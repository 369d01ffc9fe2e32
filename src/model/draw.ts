/** Chance, as a model uses it: every choice is one of few, so that a walk can be made simpler by choosing earlier ones. */
export interface Draw {
  /** A whole number from 0 to `bound` - 1. */
  readonly below: (bound: number) => number
  /** One of several; throws where there is none. */
  readonly oneOf: <Item>(items: readonly Item[]) => Item
  /** True in so many cases of a hundred. */
  readonly chance: (percent: number) => boolean
}
