import type { Answer } from '#driver/wire-client.ts'
import { parsePlainJson } from '#protocol/json.ts'

/** The body of an answer as JSON; undefined where there is none. */
export function jsonOf(answer: Answer | null): unknown {
  const reading = answer === null ? null : parsePlainJson(answer.body)
  return reading?.kind === 'json' ? reading.plain : undefined
}

/** The members of a JSON object; none where the value is something else. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** The items of a JSON array; none where the value is something else. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value of a JSON number, or of decimal text, whose form is RELAY-ENCODING-16's; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
}
