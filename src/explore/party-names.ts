/** The names of the parties of a walk, of which it takes as many as it needs. */
export const PARTY_NAMES: readonly string[] = ['Alice', 'Bob', 'Carol', 'Dave']
