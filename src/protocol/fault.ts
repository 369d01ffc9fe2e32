/** Something a peer got wrong, in one line: thing, expected, got. A value, since the protocols foresee it. */
export interface Fault {
  readonly kind: 'fault'
  readonly reason: string
}

/** A fault with that reason. */
export function fault(reason: string): Fault {
  return { kind: 'fault', reason }
}
