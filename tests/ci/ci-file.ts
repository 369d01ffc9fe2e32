import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** The text of a file of the repository. */
export function repositoryText(path: string): string {
  return readFileSync(join(PACKAGE_ROOT, path), 'utf8')
}

/** What is wrong with a YAML file by a schema of `fixtures/ci`: a line for each fault. */
export function faultsBySchema(path: string, schema: string): readonly string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  const isValid = ajv.compile(JSON.parse(repositoryText(`fixtures/ci/${schema}.schema.json`)) as object)
  return isValid(parse(repositoryText(path)))
    ? []
    : (isValid.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`)
}

/** Variables of expressions, by context: `{ inputs: { target: 'x' } }`. */
export type Contexts = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The text with each `${{ context.name }}` replaced. Throws at a context or a name that there is not. */
export function evaluated(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{\s*([\w-]+)\.([\w-]+)\s*\}\}/g, (_, context: string, name: string) => {
    const value = contexts[context]?.[name]
    if (value === undefined)
      throw new Error(`${context}.${name}: expected one of ${JSON.stringify(contexts)}`)
    return value
  })
}
