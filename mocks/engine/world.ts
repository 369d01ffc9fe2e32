/** What the rules of a mock may know of the world outside: the time, and what chance decides. */
export interface World {
  /**
   * Milliseconds since the Unix epoch. With a number (or MSISDN) it is that number's own time, which
   * can be moved alone, so that one scenario waits out a limit without the others noticing.
   */
  readonly nowMs: (number?: string) => number
  readonly randomBytes: (length: number) => Uint8Array
  /** A whole number from `least` up to, but not including, `bound`; at most 2^48 of them. */
  readonly randomInt: (least: number, bound: number) => number
}
