/**
 * What a fault remembers beside the state of a server: made anew for each server, which is identified by the object that
 * holds its state.
 */
export function memory<Remembered>(fresh: () => Remembered): (server: object) => Remembered {
  const known = new WeakMap<object, Remembered>()
  return (server) => {
    const remembered = known.get(server) ?? fresh()
    known.set(server, remembered)
    return remembered
  }
}

/** Counts how often each key came on a server, the present time among them. */
export function counting(): (server: object, key: string) => number {
  const countsOf = memory(() => new Map<string, number>())
  return (server, key) => {
    const counts = countsOf(server)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
}

/** All that was noted under a key on a server, oldest first, the present value among them. */
export function noting<Value>(): (server: object, key: string, value: Value) => readonly Value[] {
  const notesOf = memory(() => new Map<string, readonly Value[]>())
  return (server, key, value) => {
    const notes = notesOf(server)
    const values = [...(notes.get(key) ?? []), value]
    notes.set(key, values)
    return values
  }
}
