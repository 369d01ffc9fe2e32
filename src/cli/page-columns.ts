/** Wider lines are hard to read. */
const MAXIMAL_COLUMNS = 100

/** The most characters of a line of prose on a terminal of that width. */
export function pageColumns(columns: number): number {
  return Math.min(columns, MAXIMAL_COLUMNS)
}
