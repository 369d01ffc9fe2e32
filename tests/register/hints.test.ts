import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { enabling } from '#driver/capabilities/has-capability.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { loadRegister } from '#protocol/register.ts'
import { PROTOCOLS, type Capability, type Protocol } from '#protocol/requirements.ts'
import { loadFeatures } from '#run/features.ts'
import { needsOf } from '#driver/gate.ts'

/** A schema as far as it says which keys there may be. */
interface Keyed {
  readonly $ref?: string
  readonly else?: Keyed
  readonly properties?: Readonly<Record<string, Keyed>>
}

const { $defs } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'schemas/target.json'), 'utf8')) as {
  readonly $defs: Readonly<Record<string, Keyed>>
}

/** The keys that a value of that schema may have, with the schema of each. */
function keysOf(schema: Keyed): Readonly<Record<string, Keyed>> {
  const named = schema.$ref === undefined ? undefined : $defs[schema.$ref.replace('#/$defs/', '')]
  const parts = [named, schema.else].filter((part) => part !== undefined)
  return Object.assign({}, schema.properties, ...parts.map(keysOf)) as Readonly<Record<string, Keyed>>
}

/** The schema of what stands at that path of a target file; null where it has no such key. */
function schemaAt(protocol: Protocol, path: readonly string[]): Keyed | null {
  const within = (schema: Keyed | null, key: string): Keyed | null =>
    (schema === null ? undefined : keysOf(schema)[key]) ?? null
  return path.reduce(within, $defs[protocol] ?? null)
}

/** A hint: the key that it names, and each form of its value. */
interface Hint {
  readonly path: readonly string[]
  readonly forms: readonly unknown[]
}

/** Reads `capabilities.pushes: { command: [PROGRAM] }, or { file: pushes.ndjson }`; what follows a brace is remarks. */
function hintOf(text: string): Hint {
  const [, path = '', forms = ''] = /^([\w.]+): (.*)$/.exec(text) ?? []
  const values = forms
    .split(', or ')
    .map((form) => (form.startsWith('{') ? form.replace(/[^}]*$/, '') : form))
  return { path: path.split('.'), forms: values.map((value): unknown => parse(value)) }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The keys in a value that its schema does not have, by their paths. */
function unknownKeys(value: unknown, schema: Keyed, path: string): readonly string[] {
  if (!isMapping(value)) return []
  const known = keysOf(schema)
  return Object.entries(value)
    .filter(([key]) => key !== '…')
    .flatMap(([key, member]) => {
      const inner = known[key]
      return inner === undefined ? [`${path}.${key}`] : unknownKeys(member, inner, `${path}.${key}`)
    })
}

/** Capabilities whose hint names one key of several that the same place of the file has for others. */
const PARTIAL: readonly Capability[] = ['sentCodes', 'mock', 'bsf', 'federation', 'pin']

/** Keys beside the others, by which a form is no other. */
const BESIDE = ['timeoutMs']

const needed = (protocol: Protocol): readonly Capability[] => {
  const { requirements } = loadRegister(protocol)
  const scenarios = loadFeatures(protocol)
  const rows = [...requirements.values()]
  return needsOf(
    rows,
    scenarios.flatMap(({ tags }) => tags),
  )
}

describe.each(PROTOCOLS)('what a report says would enable a capability of the %s', (protocol) => {
  const capabilities = needed(protocol)

  test.each(capabilities)('names keys that a target file has: %s', (capability) => {
    const { path, forms } = hintOf(enabling(capability, protocol))
    const schema = schemaAt(protocol, path)
    const name = path.join('.')
    const unknown = schema === null ? [name] : forms.flatMap((form) => unknownKeys(form, schema, name))
    expect(unknown).toEqual([])
  })

  test.each(capabilities.filter((capability) => !PARTIAL.includes(capability)))(
    'names every form of it: %s',
    (capability) => {
      const { path, forms } = hintOf(enabling(capability, protocol))
      const named = forms.flatMap((form) => (isMapping(form) ? Object.keys(form) : []))
      const has = Object.keys(keysOf(schemaAt(protocol, path) ?? {}))
      expect(named.toSorted()).toEqual(has.filter((key) => !BESIDE.includes(key)).toSorted())
    },
  )
})
