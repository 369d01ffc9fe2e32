import { escapedUnits } from '#protocol/json-escapes.ts'

/**
 * A value as JSON text that can be shown on a terminal: what would steer it, or turn text around, is escaped, and the text
 * reads back as the same value. Control characters of ASCII but DEL are escaped by `JSON.stringify` itself.
 */
export function jsonText(value: object, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(STEERING, escapedUnits)
}

/** A value as a document of JSON in several lines, with a line feed at its end. */
export function jsonDocument(value: object): string {
  return `${jsonText(value, 2)}\n`
}

/** DEL, C1 control, bidirectional and other format characters, line and paragraph separators. */
const STEERING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu
