/** What is wrong with the id at `index` of a register's list. */
export interface OrderMistake {
  readonly index: number
  readonly text: string
}

/**
 * Where a list of requirement ids is out of order: an id of another protocol (not starting with
 * `prefix`), an id that occurs twice, a number not above the one before it, an area that is not all in
 * one place. Empty ids, which replace what could not be read, are ignored.
 */
export function orderErrors(ids: readonly string[], prefix: string): readonly OrderMistake[] {
  const seen = new Set<string>()
  const areas = new Set<string>()
  let before = ''
  return ids.flatMap((id, index) => {
    if (id === '') return []
    const text = foreign(id, prefix) ?? repeated(id, seen) ?? misplaced(id, before, areas)
    seen.add(id)
    areas.add(withoutNumber(id))
    before = id
    return text === null ? [] : [{ index, text: `requirement ${id}: ${text}` }]
  })
}

function foreign(id: string, prefix: string): string | null {
  return id.startsWith(prefix) ? null : `expected an id that starts with ${prefix}`
}

function repeated(id: string, seen: ReadonlySet<string>): string | null {
  return seen.has(id) ? 'the id occurs twice' : null
}

function misplaced(id: string, before: string, areas: ReadonlySet<string>): string | null {
  const area = withoutNumber(id)
  if (area === withoutNumber(before)) return id > before ? null : `expected a number above that of ${before}`
  return areas.has(area) ? `expected beside the others of ${area}, got after ${before}` : null
}

function withoutNumber(id: string): string {
  return id.slice(0, id.lastIndexOf('-'))
}
