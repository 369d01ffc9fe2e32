/** The members of a JSON object; none where the value is something else. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** The items of a JSON array; none where the value is something else. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
