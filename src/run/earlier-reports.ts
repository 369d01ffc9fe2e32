import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import { EARLIER } from '#report/run-files.ts'
import { lockFolder, type NamedFolder, type WritingProcess } from './folder-lock.ts'

/** What is derived from a record; of an earlier run it would contradict the new one. */
const DERIVED = [
  ...['summary.json', 'junit.xml', 'summary.md', 'report.html'],
  ...['statement.json', 'statement.json.sig', 'statement.md'],
]

const RECORD = ['run.json', 'messages.ndjson'] as const

/** Takes away from `path` what is derived from the record of an earlier run, and what was put aside of it. */
export function removeEarlier(path: string): void {
  for (const file of DERIVED) rmSync(join(path, file), { force: true })
  for (const file of [...RECORD, ...DERIVED]) rmSync(join(path, file + EARLIER), { force: true })
}

/**
 * Gives all files of the run in `folder` another name, so that they are not taken for those of a command that was
 * refused at `now`; returns whether there were any. Left alone is a folder in which a run is going on, and one that
 * cannot be written.
 */
export function putAside(folder: NamedFolder, writer: WritingProcess, now: number): boolean {
  const { path } = folder
  if (!existsSync(join(path, RECORD[0]))) return false
  try {
    const unlock = lockFolder(folder, writer, now)
    for (const file of [...DERIVED, ...RECORD])
      if (existsSync(join(path, file))) renameSync(join(path, file), join(path, file + EARLIER))
    unlock()
    return true
  } catch (error) {
    if (error instanceof UsageError || (error instanceof Error && 'code' in error)) return false
    throw error
  }
}
