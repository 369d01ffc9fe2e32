/** The states without repetition: two are one where they hold the same, maps and sets included. */
export function distinctStates<State>(states: readonly State[]): readonly State[] {
  if (states.length <= 1) return states
  return [...new Map(states.map((state) => [JSON.stringify(state, opened), state])).values()]
}

function opened(_: string, value: unknown): unknown {
  if (value instanceof Map) return { map: [...value] }
  return value instanceof Set ? { set: [...value] } : value
}
