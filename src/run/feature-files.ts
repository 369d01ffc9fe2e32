import { readFileSync, realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { isSystemError, readFailure, systemReason } from '#evidence/system-error.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { parseFeature, type PlannedScenario } from './features.ts'

/**
 * The scenarios of feature files, which are named relative to `cwd`. Throws a UsageError for one that cannot be read,
 * is no Gherkin, or has a scenario without the tag of a requirement.
 */
export function readFeatureFiles(files: readonly string[], cwd: string): readonly PlannedScenario[] {
  return files.flatMap((file) => readFeatureFile(file, cwd))
}

/** A path as cucumber names the file, which works in the folder of the package. */
export function featureUri(path: string): string {
  return relative(PACKAGE_ROOT, path).split(sep).join('/')
}

function readFeatureFile(file: string, cwd: string): readonly PlannedScenario[] {
  const scenarios = parsed(file, resolve(cwd, file))
  if (scenarios.length === 0) throw new UsageError(`--features ${file}: expected scenarios, got none`)
  for (const { protocol, name, line } of scenarios)
    if (protocol === null)
      throw new UsageError(
        `--features ${file}:${line}: "${name}" must begin with the tag of a requirement, such as @RELAY-PUSH-01`,
      )
  return scenarios
}

function parsed(file: string, path: string): readonly PlannedScenario[] {
  try {
    return parseFeature(readFileSync(path, 'utf8'), featureUri(realpathSync(path)))
  } catch (error) {
    const why = isSystemError(error) ? readFailure(error) : systemReason(error)
    throw new UsageError(`--features ${file}: ${why}`)
  }
}
