import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Document } from 'yaml'
import { yaml } from '#protocol/yaml.ts'
import { printable } from '#evidence/printable.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { didYouMean } from './nearest.ts'

/** Where something is in a configuration file: keys and indexes from its root. */
export type ConfigurationPath = readonly (string | number)[]

/** A configuration file that fits its schema: what it says, and where it says it. */
export interface Configuration<T> {
  readonly value: T
  /** `mistake` with `file:line: ` of the part at `path` in front. */
  readonly at: (path: ConfigurationPath, mistake: string) => string
}

/**
 * The YAML in `text`, checked by `conforms` (an ajv validator made with `allErrors` and `verbose`); `file`
 * names it in messages. Throws a UsageError with one line `file:line: …` for each mistake: no YAML, a key
 * twice, an unknown key, a value that the schema refuses. Values are not repeated in messages, for they
 * may be secrets.
 */
export function parseConfiguration<T>(
  text: string,
  file: string,
  conforms: ValidateFunction<T>,
): Configuration<T> {
  const source = new ConfigurationText(text, file)
  refuse(source.syntaxErrors())
  const value: unknown = source.content()
  if (!conforms(value)) throw refusal(source.schemaErrors(conforms.errors ?? []))
  return { value, at: (path, mistake) => source.at(path, mistake) }
}

/** Throws a UsageError that lists `mistakes`, if there are any. */
export function refuse(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw refusal(mistakes)
}

function refusal(mistakes: readonly string[]): UsageError {
  return new UsageError([...new Set(mistakes)].join('\n'))
}

class ConfigurationText {
  readonly #file: string
  readonly #lines = new (yaml().LineCounter)()
  readonly #document: Document

  constructor(text: string, file: string) {
    this.#file = file
    this.#document = yaml().parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
  }

  syntaxErrors(): readonly string[] {
    return this.#document.errors.map((error) => this.#atOffset(error.pos[0], firstLine(error.message)))
  }

  content(): unknown {
    try {
      return this.#document.toJS()
    } catch (error) {
      throw refusal([this.#atOffset(0, firstLine(error instanceof Error ? error.message : String(error)))])
    }
  }

  schemaErrors(errors: readonly ErrorObject[]): readonly string[] {
    return (
      errors
        // What the alternatives lack is said once, of all of them.
        .filter(({ keyword, schemaPath }) => !GENERAL.has(keyword) && !schemaPath.includes('/oneOf/'))
        .map((error) => this.at(place(error), schemaMessage(error)))
    )
  }

  at(path: ConfigurationPath, mistake: string): string {
    return this.#atOffset(this.#offset(path), mistake)
  }

  /** Where `path` starts: at its key, in a map; at its nearest ancestor, where it does not exist. */
  #offset(path: ConfigurationPath): number {
    const last = path.at(-1)
    if (last === undefined) return startOf(this.#document.contents)
    const parent = this.#document.getIn(path.slice(0, -1), true)
    if (yaml().isMap(parent)) {
      const pair = parent.items.find(({ key }) => yaml().isScalar(key) && String(key.value) === String(last))
      if (yaml().isPair(pair)) return startOf(pair.key)
    }
    const node = this.#document.getIn(path, true)
    return yaml().isNode(node) ? startOf(node) : this.#offset(path.slice(0, -1))
  }

  #atOffset(offset: number, mistake: string): string {
    return `${this.#file}:${Math.max(1, this.#lines.linePos(offset).line)}: ${printable(mistake)}`
  }
}

/** Keywords that only say that one of the others failed. */
const GENERAL = new Set(['if', 'propertyNames'])

function startOf(node: unknown): number {
  return yaml().isNode(node) ? (node.range?.[0] ?? 0) : 0
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

/** The place of an error; an unknown key is its own place. */
function place(error: ErrorObject): ConfigurationPath {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  return error.keyword === 'additionalProperties' ? [...steps, parameter(error, 'additionalProperty')] : steps
}

/** Keys in a path; of a list at the root first the number of the entry, counted from 1. */
function shownPlace([first, ...rest]: ConfigurationPath): string {
  return typeof first === 'number' ? [`entry ${first + 1}`, ...rest].join(': ') : [first, ...rest].join('.')
}

function schemaMessage(error: ErrorObject): string {
  const where = shownPlace(place(error))
  return where === '' ? expected(error) : `${where}: ${expected(error)}`
}

function expected(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object)
      const key = parameter(error, 'additionalProperty')
      const suggestion = didYouMean(key, known)
      return `unknown key${suggestion === '' ? `; allowed here: ${known.join(', ')}` : suggestion}`
    }
    case 'required':
      return `${parameter(error, 'missingProperty')} is missing`
    case 'enum':
      return `expected one of ${(error.params['allowedValues'] as readonly unknown[]).join(', ')}`
    case 'const':
      return `expected ${parameter(error, 'allowedValue')}`
    case 'type':
      return `expected ${String(error.params['type']).replaceAll(',', ' or ')}, got ${typeName(error.data)}${quoting(error)}`
    case 'oneOf':
      return `expected exactly one of ${alternatives(error.schema).join(', ')}`
    case 'dependentRequired':
      return `${parameter(error, 'property')} needs ${parameter(error, 'missingProperty')} beside it`
    case 'pattern':
      return `expected ${String(error.parentSchema?.['description'] ?? `text of the form ${parameter(error, 'pattern')}`)}`
    default:
      return error.message ?? error.keyword
  }
}

/** The members of which one is required. */
function alternatives(schema: unknown): readonly string[] {
  const all = Array.isArray(schema) ? (schema as readonly { readonly required?: readonly string[] }[]) : []
  return all.flatMap(({ required = [] }) => required)
}

function parameter(error: ErrorObject, name: string): string {
  return String(error.params[name])
}

/** What is written in digits alone is a number to YAML. */
function quoting({ params, data }: ErrorObject): string {
  const text = [params['type']].flat().includes('string')
  return text && typeof data === 'number' ? '; write it in quotes' : ''
}

function typeName(value: unknown): string {
  if (value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : typeof value
}
