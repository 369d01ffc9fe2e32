import { type ParseError, parseError } from '../parse-error.ts'

/** As much of a value is shown. */
const MOST_CHARACTERS = 60

/** The parse error of a part of a body: what was expected there, and the value that stood there. */
export function misread(thing: string, expected: string, got: unknown): ParseError {
  return parseError(`${thing}: expected ${expected}, got ${got === undefined ? 'none' : shown(got)}`)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
