/** The members of a JSON object; of anything else there are none. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The elements of a JSON array when each is text; null for anything else. */
export function textsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((element) => typeof element === 'string') ? value : null
}
