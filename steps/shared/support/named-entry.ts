/** The entry of that name in a table of `what`; throws with the names that there are. */
export function namedEntry<Entry>(what: string, table: Readonly<Record<string, Entry>>, name: string): Entry {
  const entry = Object.hasOwn(table, name) ? table[name] : undefined
  if (entry === undefined)
    throw new Error(`${what}: expected one of ${Object.keys(table).join(', ')}; got "${name}"`)
  return entry
}
