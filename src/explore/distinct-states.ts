/** The states without repetition: two are one where they hold the same, maps and sets included. No state ever changes. */
export function distinctStates<State>(states: readonly State[]): readonly State[] {
  if (states.length <= 1) return states
  return [...new Map(states.map((state) => [textOf(state), state])).values()]
}

/** Texts of what states consist of: one state shares most of its parts with the next. */
const texts = new WeakMap<object, string>()

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === undefined ? 'none' : JSON.stringify(value)
  const known = texts.get(value)
  if (known !== undefined) return known
  const text = textOfParts(value)
  texts.set(value, text)
  return text
}

function textOfParts(value: object): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (value instanceof Map) return `map[${[...value].map(textOf).join(',')}]`
  if (value instanceof Set) return `set[${[...value].map(textOf).join(',')}]`
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${textOf(member)}`)
  return `{${members.join(',')}}`
}
