import { rename } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { UsageError } from '#evidence/usage-error.ts'
import { closingText } from '#report/console.ts'
import { mergeShards } from '#report/merge-shards.ts'
import { readRun, type RunFiles } from '#report/run-files.ts'
import { replace, writeReports } from '#report/write.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { colours } from './colours.ts'
import type { Environment } from './environment.ts'

/** The options of `touchstone report`. */
export interface ReportOptions {
  /** Folders of runs; several are the shards of one. */
  readonly dirs: readonly string[]
  /** Where the reports go; null means into the only folder. */
  readonly out: string | null
}

/**
 * Makes the reports of a run again from its record, or those of one run from the records of its shards.
 * The exit code is that of the run. Throws a UsageError where a record is missing, broken or of another run.
 */
export async function reportCommand(options: ReportOptions, environment: Environment): Promise<number> {
  const [only] = options.dirs
  if (only === undefined) throw new UsageError('report: expected the folder of a run, got none')
  if (options.out === null && options.dirs.length > 1)
    throw new UsageError('report: several folders need --out DIR, where the reports of the whole go')
  const out = options.out ?? only
  const runs = options.dirs.map((dir) => ({ folder: dir, ...readRun(resolve(environment.cwd, dir), dir) }))
  const [first = mergeShards(runs)] = runs
  const files = runs.length > 1 ? mergeShards(runs) : first
  const folder = resolve(environment.cwd, out)
  const verdicts = await writeReports(folder, files.run, {
    envelopes: files.envelopes,
    register: mergedRegister(files.run.protocols, files.run.dialect),
  })
  if (options.out !== null) await keepRecord(folder, files)
  environment.stdout.write(
    closingText(verdicts, files.run, {
      colors: colours(environment),
      columns: environment.columns,
      reports: out,
    }),
  )
  return verdicts.exitCode
}

/** Puts the record beside reports that were made elsewhere, so that they can be made again from there. */
async function keepRecord(folder: string, { run, envelopes }: RunFiles): Promise<void> {
  const file = join(folder, 'messages.ndjson')
  const copy = createWriteStream(`${file}.new`)
  for (const envelope of envelopes) copy.write(`${JSON.stringify(envelope)}\n`)
  copy.end()
  await finished(copy)
  await rename(`${file}.new`, file)
  await replace(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`)
}
