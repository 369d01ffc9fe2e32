import { parseConfiguration, type ConfigurationPath } from '../configuration-text.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'

/** Where `path` is in a target file, as `file:line`: at its key, or where it would be written. */
export type PlaceOf = (path: ConfigurationPath) => string

/** The places of the target file `text`, which messages call `shown`. Throws a UsageError where it is none. */
export function filePlaces(text: string, shown: string): PlaceOf {
  const { at } = parseConfiguration(text, shown, schemaValidator<unknown>('target'))
  return (path) => at(path, '').replace(/: $/, '')
}
