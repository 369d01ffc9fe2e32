import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import { readFailure } from '#evidence/system-error.ts'

const RECORD_FILES = ['run.json', 'messages.ndjson'] as const

/**
 * SHA-256 of the files of a record, in hexadecimal, by their names. Throws a UsageError where one cannot be read; `shown`
 * names the folder.
 */
export function recordFiles(folder: string, shown: string): Readonly<Record<string, string>> {
  return Object.fromEntries(RECORD_FILES.map((name) => [name, digest(join(folder, name), join(shown, name))]))
}

function digest(file: string, shown: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  } catch (error) {
    throw new UsageError(
      `${shown}: cannot be read (${readFailure(error)}); touchstone verify makes a record`,
      {
        cause: error,
      },
    )
  }
}
