import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { packagedText } from '#protocol/package-root.ts'

/** The validator of `schemas/<name>.json`, made to report every fault with the value concerned. */
export function schemaValidator<T>(name: string): ValidateFunction<T> {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true })
  return ajv.compile<T>(JSON.parse(packagedText(`schemas/${name}.json`)) as object)
}
