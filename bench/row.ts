/** One line of the result: a figure, and what it should be where there is an aim. */
export interface Row {
  readonly name: string
  readonly value: number
  /** `x` is a ratio. */
  readonly unit: 'x' | 'ms' | 'MB' | '/s' | 'µs'
  readonly aim?: Aim
}

/** The bound that a figure should keep. */
export interface Aim {
  readonly kind: 'at least' | 'at most'
  readonly bound: number
}

/** The aim that a figure is at least so much. */
export function atLeast(bound: number): Aim {
  return { kind: 'at least', bound }
}

/** The aim that a figure is at most so much. */
export function atMost(bound: number): Aim {
  return { kind: 'at most', bound }
}

/** Whether a figure keeps its aim; null where it has none. */
export function isMet({ value, aim }: Row): boolean | null {
  if (aim === undefined) return null
  return aim.kind === 'at least' ? value >= aim.bound : value <= aim.bound
}
