import type { RelaySession } from './session.ts'

/** Whose artifact a row of a table is about, and what the row wants of it. */
export interface ArtifactExpectation {
  /** The name of the party that it went to. */
  readonly name: string
  readonly wanted: string
}

/** Asserts what a row of a table says of an artifact. */
export type ArtifactRow = (session: RelaySession, expectation: ArtifactExpectation) => Promise<void> | void
