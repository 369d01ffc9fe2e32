import type * as Lossless from 'lossless-json'
import { fromUtf8 } from './bytes.ts'
import { type ParseError, parseError } from './parse-error.ts'
import { onDemand } from './on-demand.ts'

const lossless = onDemand('lossless-json') as () => typeof Lossless

/**
 * One JSON text read twice: `plain` as JSON.parse has it, for its shape; `exact` with every number as a
 * LosslessNumber, which keeps the digits as they were written.
 */
export interface JsonReading {
  readonly kind: 'json'
  readonly plain: unknown
  readonly exact: unknown
}

/** A value of a JSON text as JSON.parse has it. */
export interface PlainJson {
  readonly kind: 'json'
  readonly plain: unknown
}

/** What a body may amount to before it is not even read. */
export interface JsonBounds {
  readonly maxBytes: number
  /** Objects and arrays inside one another. */
  readonly maxDepth: number
}

/** Far above what either protocol needs, far below what hurts. */
export const JSON_BOUNDS: JsonBounds = { maxBytes: 4 * 1024 * 1024, maxDepth: 64 }

/**
 * Reads a JSON text (RFC 8259) in UTF-8. Comments, bare names, hexadecimal numbers, trailing commas, a
 * byte order mark, a name given twice in one object, and what exceeds the bounds are parse errors.
 */
export function parseJson(bytes: Uint8Array, bounds: JsonBounds = JSON_BOUNDS): JsonReading | ParseError {
  const text = readText(bytes, bounds)
  if (typeof text !== 'string') return text
  const plain = parsePlain(text)
  if (plain.kind === 'parse-error') return plain
  const structure = structureError(text, bounds.maxDepth)
  return structure ?? { kind: 'json', plain: plain.plain, exact: lossless().parse(text) }
}

/** Reads a JSON text as JSON.parse does: of a name given twice the last counts. Quicker than `parseJson`. */
export function parsePlainJson(bytes: Uint8Array, bounds: JsonBounds = JSON_BOUNDS): PlainJson | ParseError {
  const text = readText(bytes, bounds)
  if (typeof text !== 'string') return text
  return depthError(text, bounds.maxDepth) ?? parsePlain(text)
}

function readText(bytes: Uint8Array, { maxBytes }: JsonBounds): string | ParseError {
  if (bytes.length > maxBytes)
    return parseError(`JSON: expected at most ${maxBytes} bytes, got ${bytes.length}`)
  return fromUtf8(bytes) ?? parseError(`JSON: expected UTF-8, got ${bytes.length} other bytes`)
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const [OPENINGS, CLOSINGS] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])]

/** Whether a text is too deep to be worked on, be it JSON or not; strings are left out. */
function depthError(text: string, maxDepth: number): ParseError | null {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (OPENINGS.has(code)) depth += 1
    else if (CLOSINGS.has(code)) depth -= 1
    if (depth > maxDepth) return parseError(`JSON: expected at most ${maxDepth} levels, got more at ${at}`)
  }
  return null
}

/** Where the string ends that begins at `start`; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at += 1
  }
  return text.length
}

function parsePlain(text: string): PlainJson | ParseError {
  try {
    return { kind: 'json', plain: JSON.parse(text) as unknown }
  } catch (error) {
    return parseError(`JSON: ${firstLine(error)}`)
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/\s+/gu, ' ')
}

const COLON = 0x3a
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d])

/** What the grammar allows and we do not: too deep, or a name twice. `text` is known to be JSON. */
function structureError(text: string, maxDepth: number): ParseError | null {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (OPENINGS.has(code)) open.push(new Set())
    else if (CLOSINGS.has(code)) open.pop()
    else if (code === QUOTE) {
      const end = endOfString(text, at)
      const name = isName(text, end) ? text.slice(at, end + 1) : null
      if (name !== null && taken(open.at(-1), JSON.parse(name) as string))
        return parseError(`JSON: expected each name once in an object, got ${name} again at ${at}`)
      at = end
    }
    if (open.length > maxDepth)
      return parseError(`JSON: expected at most ${maxDepth} levels, got more at ${at}`)
  }
  return null
}

/** Whether a colon follows the string that ends at `end`. */
function isName(text: string, end: number): boolean {
  let at = end + 1
  while (BLANKS.has(text.charCodeAt(at))) at += 1
  return text.charCodeAt(at) === COLON
}

function taken(names: Set<string> | undefined, name: string): boolean {
  const known = names?.has(name) ?? false
  names?.add(name)
  return known
}

/** A decimal id of at most 64 bits, and the JSON type it came as (E-40). */
export interface DecimalId {
  readonly kind: 'id'
  readonly value: bigint
  readonly form: 'number' | 'string'
}

const GREATEST_ID = 2n ** 64n - 1n

/**
 * Reads a member of `JsonReading.exact` as a decimal id: digits without a sign, point, exponent or leading
 * zero, as a JSON number or string, from 0 to 2^64-1. Anything else is a parse error.
 */
export function decimalId(member: unknown): DecimalId | ParseError {
  const { isLosslessNumber } = lossless()
  const text = isLosslessNumber(member) ? lexeme(member) : member
  if (typeof text !== 'string' || !/^(?:0|[1-9][0-9]{0,19})$/.test(text)) {
    return parseError(
      `id: expected decimal digits, got ${typeof text === 'string' ? JSON.stringify(text.slice(0, 60)) : typeof text}`,
    )
  }
  const value = BigInt(text)
  if (value > GREATEST_ID) return parseError(`id: expected at most 2^64-1, got ${text}`)
  return { kind: 'id', value, form: isLosslessNumber(member) ? 'number' : 'string' }
}

/** The digits of a number as they stood in the text: `1.0`, `1e3`, `18446744073709551615`. */
function lexeme(number: Lossless.LosslessNumber): string {
  return number.value
}
