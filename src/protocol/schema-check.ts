import type { ErrorObject, ValidateFunction } from 'ajv'
import type * as Ajv from 'ajv/dist/2020.js'
import { ajv } from './ajv.ts'
import { packagedText } from './package-root.ts'

/** How a body misses its schema, a line for each deviation; empty when it fits. */
export type BodyChecker<Name extends string> = (name: Name, body: unknown) => readonly string[]

/** More deviations than these say nothing new. */
const MOST_FAULTS = 20
const MOST_CHARACTERS = 60

/** Loaded with the first schema: a process that checks no body starts without it. */
let compiler: Ajv.Ajv2020 | undefined

/** What a checker may be given besides its folder. */
export interface CheckerOptions {
  /** A file in the folder that the schemas refer to. */
  readonly definitions?: string
  /** Whether lines name only the kind of what came, never its value, which may be secret; not so by default. */
  readonly hidesValues?: boolean
}

/**
 * The checker of the bodies whose schemas are in `folder`, each compiled at its first use. A line has the
 * JSON pointer, what was expected and what came.
 */
export function bodyChecker<Name extends string>(
  folder: string,
  { definitions, hidesValues = false }: CheckerOptions = {},
): BodyChecker<Name> {
  const validators = new Map<Name, ValidateFunction>()
  const came = hidesValues ? kindIn : valueIn
  return (name, body) => {
    const validate = validators.get(name) ?? compile(folder, name, definitions)
    validators.set(name, validate)
    if (validate(body)) return []
    return mistakesOf(validate)
      .slice(0, MOST_FAULTS)
      .map((error) => `${pointerOf(error)}: expected ${expected(error)}, got ${came(error)}`)
  }
}

function compile(folder: string, name: string, definitions?: string): ValidateFunction {
  const { Ajv2020 } = ajv()
  compiler ??= new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true })
  if (definitions !== undefined && compiler.getSchema(definitions) === undefined) {
    compiler.addSchema(schemaOf(folder, definitions), definitions)
  }
  return compiler.compile(schemaOf(folder, `${name}.json`))
}

function schemaOf(folder: string, file: string): object {
  return JSON.parse(packagedText(`${folder}/${file}`)) as object
}

/** What `if` adds only says that one of the others failed. */
function mistakesOf({ errors }: ValidateFunction): readonly ErrorObject[] {
  return (errors ?? []).filter(({ keyword }) => keyword !== 'if')
}

function pointerOf({ instancePath }: ErrorObject): string {
  return instancePath === '' ? 'body' : instancePath
}

/** What one keyword requires; of the keywords only those that the schemas use are worded. */
function expected({ keyword, schema, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return [schema].flat().join(' or ')
    case 'enum':
      return `one of ${JSON.stringify(schema)}`
    case 'const':
      return JSON.stringify(schema)
    case 'pattern':
      return `text matching ${String(schema)}`
    case 'minimum':
      return `at least ${String(schema)}`
    case 'exclusiveMinimum':
      return `more than ${String(schema)}`
    case 'maximum':
      return `at most ${String(schema)}`
    case 'minLength':
      return `at least ${String(schema)} characters`
    case 'required':
      return `member ${String((params as { readonly missingProperty?: unknown }).missingProperty)}`
    case 'minItems':
      return `at least ${String(schema)} items`
    case 'maxItems':
      return `at most ${String(schema)} items`
    case 'additionalProperties':
      return 'no further members'
    case 'false schema':
      return 'none'
    default:
      return message ?? keyword
  }
}

function valueIn({ keyword, data, params, parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'none'
  // What stands beside an unknown member may be secret
  if (keyword === 'additionalProperties')
    return shortened((params as { additionalProperty?: unknown }).additionalProperty)
  if (parentSchema?.['writeOnly'] === true && typeof data === 'string') return `${data.length} characters`
  return shortened(data)
}

function shortened(data: unknown): string {
  const text = data === undefined ? 'nothing' : JSON.stringify(data)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

function kindIn({ keyword, data }: ErrorObject): string {
  if (keyword === 'required' || data === undefined) return 'none'
  if (data === null) return 'null'
  if (Array.isArray(data)) return 'an array'
  return typeof data === 'object' ? 'an object' : `a ${typeof data}`
}
