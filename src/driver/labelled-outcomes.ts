/**
 * An outcome that a label names, and the statuses that say so in each dialect. `Documented` is what features
 * write beside the label, `Allowed` what else may be in place of a status.
 */
export interface LabelledOutcome<Documented, Allowed> {
  /** The operation, by method and path, or `*` where every operation has this outcome. */
  readonly operation: string
  readonly label: string
  readonly documented: Documented
  /** What the documented dialect tolerates besides, since the specification is silent or contradicts itself. */
  readonly tolerated?: readonly Allowed[]
  /** What the deployed dialect expects; nothing where it does not know the outcome. */
  readonly deployed: readonly Allowed[]
  /** The erratum the difference comes from; null where there is none. */
  readonly erratum: string | null
}

/** What a feature says of an answer: a status or a word for several, and the label of the outcome. */
export interface ExpectedAnswer<Documented> {
  readonly documented: Documented
  readonly label: string
}

/**
 * The row of a label. One that the table does not have, or a status beside it that is not the documented one,
 * is a mistake of the feature: it throws.
 */
export function rowOf<Documented, Allowed>(
  table: readonly LabelledOutcome<Documented, Allowed>[],
  { documented, label }: ExpectedAnswer<Documented>,
): LabelledOutcome<Documented, Allowed> {
  const row = table.find((each) => each.label === label)
  if (row === undefined) {
    const labels = table.map((each) => each.label).join(', ')
    throw new Error(`outcome label: expected one of ${labels}; got "${label}"`)
  }
  if (row.documented !== documented) {
    throw new Error(
      `status of "${label}": expected ${String(row.documented)}, which is documented, got ${String(documented)}`,
    )
  }
  return row
}
