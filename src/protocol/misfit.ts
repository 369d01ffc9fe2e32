/** A line that says what was expected of a thing and what came, taken apart. */
export interface Misfit {
  readonly thing: string
  readonly expected: string
  readonly got: string
}

/** The parts of a line `thing: expected …, got …`, as parse errors and checked bodies have it; null for any other. */
export function misfitIn(line: string): Misfit | null {
  const [, thing, expected, got] = /^([^]*?): expected ([^]*?), got ([^]*)$/.exec(line) ?? []
  return thing === undefined || expected === undefined || got === undefined ? null : { thing, expected, got }
}
