/** What a piece of JSON is found to be: the value, or what was expected and got, in a few words. */
export type Reading<Value> =
  { readonly kind: 'read'; readonly value: Value } | { readonly kind: 'wrong'; readonly detail: string }

/** Reads a value at a path of a JSON document. */
export type Reader<Value> = (value: unknown, path: string) => Value

class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

/** Applies a reader; a document that does not fit comes back as `wrong`, never as an exception. */
export function read<Value>(reader: Reader<Value>, value: unknown): Reading<Value> {
  try {
    return { kind: 'read', value: reader(value, '') }
  } catch (error) {
    if (error instanceof Mismatch) return { kind: 'wrong', detail: error.message }
    throw error
  }
}

/** The reader of an object with at least these members. */
export function object<Shape>(members: {
  readonly [Name in keyof Shape]: Reader<Shape[Name]>
}): Reader<Shape> {
  return (value, path) => {
    const given = memberMap(value, path)
    const names = Object.keys(members) as (keyof Shape & string)[]
    const entries = names.map((name) => [name, members[name](given.get(name), `${path}.${name}`)])
    return Object.fromEntries(entries) as Shape
  }
}

/** The reader of an object whose members are all alike. */
export function record<Value>(member: Reader<Value>): Reader<ReadonlyMap<string, Value>> {
  return (value, path) => {
    const entries = [...memberMap(value, path)]
    return new Map(entries.map(([name, each]) => [name, member(each, `${path}.${name}`)]))
  }
}

/** The reader of an array. */
export function list<Value>(element: Reader<Value>): Reader<readonly Value[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw mismatch(path, 'an array', value)
    return value.map((each, index) => element(each, `${path}[${index}]`))
  }
}

/** The reader of a string. */
export const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string') throw mismatch(path, 'a string', value)
  return value
}

/** The reader of a value that may be null, or left out, which is read as null. */
export function nullable<Value>(reader: Reader<Value>): Reader<Value | null> {
  return (value, path) => (value === null || value === undefined ? null : reader(value, path))
}

/** The reader of a whole number that is not negative. */
export const count: Reader<number> = (value, path) => {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw mismatch(path, 'a whole number', value)
  return Number(value)
}

/** The reader of a moment or a span: a number of milliseconds that is not negative. */
export const milliseconds: Reader<number> = (value, path) => {
  if (typeof value !== 'number' || !(value >= 0)) throw mismatch(path, 'milliseconds', value)
  return value
}

/** The reader of one of these strings. */
export function oneOf<const Name extends string>(...names: readonly Name[]): Reader<Name> {
  return (value, path) => {
    const name = names.find((each) => each === value)
    if (name === undefined) throw mismatch(path, names.join(' or '), value)
    return name
  }
}

function memberMap(value: unknown, path: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw mismatch(path, 'an object', value)
  }
  return new Map(Object.entries(value))
}

function mismatch(path: string, expected: string, value: unknown): Mismatch {
  const got = value === undefined ? 'nothing' : kindOf(value)
  return new Mismatch(`expected ${expected}${path === '' ? '' : ` at ${path.slice(1)}`}, got ${got}`)
}

/** What a value is, without the value: it may be a code or a password. */
function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
