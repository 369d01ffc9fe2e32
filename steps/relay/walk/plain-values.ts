/** A member of an answer as text: that of a number too, and of anything else its JSON. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

/** A member of an answer as a number, which may stand in quotes; NaN where it is none. */
export function plainNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
}
