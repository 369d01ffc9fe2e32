import { escapedUnits } from '#protocol/json-escapes.ts'
import { isObject } from '#protocol/mstore/members.ts'

/** How one JSON value may be written (RFC 8259): all say the same. */
export const SPELLINGS: Readonly<Record<string, (value: object) => string>> = {
  usual: (value) => JSON.stringify(value),
  indented: (value) => `\n${JSON.stringify(value, null, '\t')}\r\n`,
  'members in the opposite order': (value) => JSON.stringify(backwards(value)),
  'letters escaped': (value) => JSON.stringify(value).replace(/[a-z]/g, escapedUnits),
  'digits of texts escaped': (value) =>
    JSON.stringify(value).replace(/"\d+"/g, (text) => text.replace(/\d/g, escapedUnits)),
  'slashes escaped': (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  'numbers with an exponent': (value) => JSON.stringify(value).replace(/:(\d+)(?=[,}])/g, ':$1.0e0'),
}

/** The members of a value, and of the values in it, last first. Lists stay as they are. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, inner]) => [name, backwards(inner)] as const)
  return Object.fromEntries(members.toReversed())
}
