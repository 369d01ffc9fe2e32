import type { ErrorObject, ValidateFunction } from 'ajv'
import type * as Ajv from 'ajv/dist/2020.js'
import { onDemand } from './on-demand.ts'
import { packagedText } from './package-root.ts'

/** The bodies of the relay page, by the names of their schemas in `schemas/relay/`. */
export const RELAY_BODIES = [
  'confirmation',
  'apn-registration',
  'gcm-registration',
  'prekey-upload',
  'prekey-answer',
  'directory-query',
  'directory-answer',
  'message-list',
  'mismatched-devices',
  'stale-devices',
  'attachment-allocation',
  'attachment-retrieval',
] as const
export type RelayBody = (typeof RELAY_BODIES)[number]

/** More faults than these say nothing new. */
const MOST_FAULTS = 20
const MOST_CHARACTERS = 60

const validators = new Map<RelayBody, ValidateFunction>()

/**
 * How a body, as JSON.parse has it, misses its schema in the documented dialect: one line for each fault,
 * with its JSON pointer, what was expected and what came; empty when it fits. Unknown members never count
 * (RELAY-ENCODING-05). A secret is told by its length.
 */
export function checkBody(name: RelayBody, body: unknown): readonly string[] {
  const validate = validators.get(name) ?? compile(name)
  return validate(body) ? [] : (validate.errors ?? []).slice(0, MOST_FAULTS).map(line)
}

/** Loaded with the first schema: a process that checks no body starts without it. */
const ajv = onDemand('ajv/dist/2020.js') as () => typeof Ajv
let compiler: Ajv.Ajv2020 | undefined

function compile(name: RelayBody): ValidateFunction {
  const { Ajv2020 } = ajv()
  compiler ??= new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true })
  const validate = compiler.compile(JSON.parse(packagedText(`schemas/relay/${name}.json`)) as object)
  validators.set(name, validate)
  return validate
}

function line(error: ErrorObject): string {
  return `${error.instancePath === '' ? 'body' : error.instancePath}: expected ${expected(error)}, got ${got(error)}`
}

/** What one keyword asks; of the keywords only those that the schemas use are worded. */
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
    case 'maximum':
      return `at most ${String(schema)}`
    case 'minLength':
      return `at least ${String(schema)} characters`
    case 'required':
      return `member ${String((params as { readonly missingProperty?: unknown }).missingProperty)}`
    default:
      return message ?? keyword
  }
}

function got({ keyword, data, parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'none'
  if (parentSchema?.['writeOnly'] === true && typeof data === 'string') return `${data.length} characters`
  const text = data === undefined ? 'nothing' : JSON.stringify(data)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
