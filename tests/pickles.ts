import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { generateMessages, makeSourceEnvelope } from '@cucumber/gherkin'
import { IdGenerator } from '@cucumber/messages'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** A scenario as cucumber runs it: of an outline, one row of its examples. */
export type ParsedScenario = NonNullable<ReturnType<typeof generateMessages>[number]['pickle']>

/** The scenarios of a protocol's features, file by file. */
export function picklesOf(protocol: Protocol): readonly ParsedScenario[] {
  const folder = join('features', protocol)
  return readdirSync(join(PACKAGE_ROOT, folder))
    .filter((file) => file.endsWith('.feature'))
    .flatMap((file) => picklesIn(join(folder, file)))
}

/** The scenarios of a feature file, whose path is relative to the package. */
export function picklesIn(file: string): readonly ParsedScenario[] {
  const text = readFileSync(join(PACKAGE_ROOT, file), 'utf8')
  const { source } = makeSourceEnvelope(text, file)
  if (source === undefined) throw new Error(`${file}: expected a name that ends with .feature`)
  const options = { includePickles: true, newId: IdGenerator.incrementing() }
  return generateMessages(text, file, source.mediaType, options).flatMap(({ pickle }) =>
    pickle === undefined ? [] : [pickle],
  )
}
