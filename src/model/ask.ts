/** What an ask says beside its party and operation: names and values in plain words, the rows of a table. */
export type Values = Readonly<Record<string, string>>

/**
 * Something a party asks of the server in a walk. It holds names alone (of parties, passwords, objects), so that it can
 * be written down as a step of a scenario and asked again by new parties: `Alice tries to "store prekeys" with:`.
 */
export interface Ask {
  /** The name of the party: `Alice`. */
  readonly party: string
  /** The name of the operation: `store prekeys`. */
  readonly operation: string
  readonly values: Values
}

/** One or more asks that are made at once. */
export type Step = readonly Ask[]
