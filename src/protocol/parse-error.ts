/** Something a peer got wrong, in one line: thing, expected, got. A value, since the protocols foresee it. */
export interface ParseError {
  readonly kind: 'parse-error'
  readonly reason: string
}

/** A parse error with that reason. */
export function parseError(reason: string): ParseError {
  return { kind: 'parse-error', reason }
}
