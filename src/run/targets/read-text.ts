import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readFailure } from '#evidence/system-error.ts'
import { UsageError } from '#evidence/usage-error.ts'

/** The UTF-8 text of `file`, relative to `cwd`. Throws a UsageError that names `option` where it cannot be read. */
export function readText(option: string, file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UsageError(`${option}: cannot read ${file}: ${readFailure(error)}`)
  }
}
