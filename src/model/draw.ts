/** Chance, as a model uses it: every choice is one of few, so that a walk can be made simpler by choosing earlier ones. */
export interface Draw {
  /** A whole number from 0 to `bound` - 1. */
  readonly below: (bound: number) => number
  /** One of several; throws where there is none. */
  readonly oneOf: <Item>(items: readonly Item[]) => Item
  /** True in so many cases of a hundred. */
  readonly chance: (percent: number) => boolean
  /** Whether an ask is to be wrong in something: in so many cases of a hundred where mistakes are as frequent as usual. */
  readonly slip: (percent: number) => boolean
}

/** The same chance, by which no ask is wrong on purpose. */
export function careful(draw: Draw): Draw {
  return { ...draw, slip: () => false }
}
