import { items, members } from './json-members.ts'

/**
 * The text of a JSON value with another value at one place: names of members and numbers of items with dots
 * between, `keys.0.keyId`. Undefined takes a member away; any other value may also be a new member. Throws
 * where there is no such place.
 */
export function textWith(value: unknown, path: string, replacement: unknown): string {
  return JSON.stringify(replaced(value, path.split('.'), replacement))
}

/** The text of a JSON value with one more member in each of its objects. */
export function textWithEverywhere(value: unknown, name: string, member: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? { ...inner, [name]: member }
      : inner,
  )
}

function replaced(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement
  if (Array.isArray(value) && Number(name) in value) {
    return items(value).with(Number(name), replaced(value[Number(name)], rest, replacement))
  }
  const all = members(value)
  const isNew = rest.length === 0 && replacement !== undefined && !Array.isArray(value)
  if (!isNew && !(name in all))
    throw new Error(`place in JSON: expected a member or an item "${name}", got none`)
  return { ...all, [name]: replaced(all[name], rest, replacement) }
}
