/** A cache that never forgets, as servers have that should not: the answer to a key is the first one given, for ever. */
export function firstAnswers<Value>(): (key: string, answer: () => Value) => Value {
  const known = new Map<string, Value>()
  return (key, answer) => {
    const first = known.get(key)
    if (first !== undefined) return first
    const made = answer()
    known.set(key, made)
    return made
  }
}

/** Returns of each key whether it is asked about for the first time. */
export function firstTimes(): (key: string) => boolean {
  const seen = new Set<string>()
  return (key) => {
    const isFirst = !seen.has(key)
    seen.add(key)
    return isFirst
  }
}
