import { escapedUnits } from '#protocol/json-escapes.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { items, members } from './json-members.ts'

/** Other texts of the same JSON value (RFC 8259). */
const SPELLINGS: Readonly<Record<string, (value: unknown) => string>> = {
  'at length': (value) => `\r\n${JSON.stringify(value, null, '\t')}\n `,
  escaped: (value) =>
    JSON.stringify(value).replace(/"([a-zA-Z])/g, (_, letter: string) => `"${escapedUnits(letter)}`),
  'in reverse order': (value) => JSON.stringify(reversed(value)),
}

/** The JSON value in another spelling: `at length`, with letters `escaped`, or with members `in reverse order`. */
export function spelledText(value: unknown, spelling: string): string {
  return namedEntry('spelling of JSON', SPELLINGS, spelling)(value)
}

/** The same members, each object's in the other order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return items(value).map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(members(value)).map(([name, inner]) => [name, reversed(inner)] as const)
  return Object.fromEntries(entries.toReversed())
}
