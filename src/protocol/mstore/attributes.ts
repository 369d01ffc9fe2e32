import { type ParseError, parseError } from '../parse-error.ts'
import { isObject, membersOf } from './members.ts'
import { misread } from './misread.ts'

/** One attribute of a profile, a folder or an object, as the mStore spec writes it: always one value. */
export interface Attribute {
  readonly name: string
  readonly value: readonly [string]
}

/** Attributes by name, in their order. */
export type Attributes = ReadonlyMap<string, string>

/** A list of attributes, read. */
export interface AttributeReading {
  readonly kind: 'attributes'
  readonly values: Attributes
}

/** The list of attributes with one value each (mStore spec, vvmserviceProfile). */
export function attributeList(values: Iterable<readonly [string, string]>): readonly Attribute[] {
  return Array.from(values, ([name, value]) => ({ name, value: [value] }))
}

/**
 * Reads such a list; a name given twice, and a value that is not exactly one text, are parse errors. A JSON boolean
 * stands for its text, since a value is what it says.
 */
export function readAttributes(list: unknown): AttributeReading | ParseError {
  if (!Array.isArray(list)) return parseError(`attributes: expected a list, got ${typeof list}`)
  const values = new Map<string, string>()
  for (const [index, item] of list.entries()) {
    const attribute = readAttribute(item)
    if (attribute === null) return attributeMistake(item, index)
    if (values.has(attribute.name))
      return parseError(`attributes: expected ${attribute.name} once, got it again at ${index}`)
    values.set(attribute.name, attribute.value[0])
  }
  return { kind: 'attributes', values }
}

/** The boolean in the text of an attribute, whatever its case (MSTORE-PROFILE-15); null for other text. */
export function booleanOf(text: string): boolean | null {
  if (/^true$/i.test(text)) return true
  return /^false$/i.test(text) ? false : null
}

/** An instant of an attribute such as `date`, in ms since the Unix epoch: ISO 8601 in UTC (E-38); else null. */
export function instantOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) || !isRealDate(text, ms) ? null : ms
}

/** The text of an instant as the mStore spec shows it, to the second. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** The instant of `MigrationDate`, in ms since the Unix epoch: `YYYY:MM:DD:hh:mm`, taken as UTC (E-38); else null. */
export function migrationInstantOf(text: string): number | null {
  const [, date, time] = /^(\d{4}:\d\d:\d\d):(\d\d:\d\d)$/.exec(text) ?? []
  return date === undefined || time === undefined
    ? null
    : instantOf(`${date.replaceAll(':', '-')}T${time}:00Z`)
}

function isRealDate(text: string, ms: number): boolean {
  return new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19)
}

function attributeMistake(item: unknown, index: number): ParseError {
  const { name, value } = membersOf(item)
  return typeof name === 'string'
    ? misread(`attribute ${JSON.stringify(name)}`, 'its value to be a list of one text', value)
    : misread(`attribute ${index}`, '{name, value: [text]}', item)
}

function readAttribute(item: unknown): Attribute | null {
  if (!isObject(item)) return null
  const { name, value } = item as { readonly name?: unknown; readonly value?: unknown }
  if (typeof name !== 'string' || !Array.isArray(value) || value.length !== 1) return null
  const [text] = value as readonly unknown[]
  return typeof text === 'string' || typeof text === 'boolean' ? { name, value: [String(text)] } : null
}
