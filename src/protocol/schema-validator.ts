import type { ValidateFunction } from 'ajv'
import { ajv } from './ajv.ts'
import { packagedText } from './package-root.ts'

const compiled = new Map<string, ValidateFunction>()

/** The validator of `schemas/<name>.json`, made to report every mistake with the value concerned; compiled once. */
export function schemaValidator<T>(name: string): ValidateFunction<T> {
  const validator = compiled.get(name) ?? compile(name)
  compiled.set(name, validator)
  return validator as ValidateFunction<T>
}

function compile(name: string): ValidateFunction {
  const { Ajv2020 } = ajv()
  const compiler = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true })
  return compiler.compile(JSON.parse(packagedText(`schemas/${name}.json`)) as object)
}
