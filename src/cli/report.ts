import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isSystemError, systemReason } from '#evidence/system-error.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { closingText } from '#report/console.ts'
import { MACHINE_OUTPUTS } from '#report/machine/machine-output.ts'
import type { RunFormat } from '#report/machine/run-formats.ts'
import { mergeShards } from '#report/merge-shards.ts'
import { readRun, type RunFiles } from '#report/run-files.ts'
import { writeRecord } from '#report/write-record.ts'
import { writeReports } from '#report/write.ts'
import { lockFolder } from '#run/folder-lock.ts'
import { knownProofs } from '#run/known-proofs.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { toolVersion } from '#run/tool-version.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { colours } from './colours.ts'
import type { Environment } from './environment.ts'
import { forPeople, machineWriter } from './machine-streams.ts'
import type { RunEnvironment } from './run-environment.ts'
import { writeStepSummary } from './step-summary.ts'

/** The options of `touchstone report`. */
export interface ReportOptions {
  /** Folders of runs; several are the shards of one. */
  readonly dirs: readonly string[]
  /** Where the reports go; null means into the only folder. */
  readonly out: string | null
  readonly format?: RunFormat | undefined
}

/**
 * Makes the reports of a run again from its record, or those of one run from the records of its shards.
 * The exit code is that of the run. Throws a UsageError where a record is missing, broken or of another run.
 */
export async function reportCommand(
  options: ReportOptions,
  environment: Environment & Pick<RunEnvironment, 'writer' | 'now'>,
): Promise<number> {
  const [only] = options.dirs
  if (only === undefined) throw new UsageError('report: expected the folder of a run, got none')
  if (options.out === null && options.dirs.length > 1)
    throw new UsageError('report: several folders need --reports DIR, where the reports of the whole go')
  const out = options.out ?? only
  const runs = options.dirs.map((dir) => ({ folder: dir, ...readRun(resolve(environment.cwd, dir), dir) }))
  const [first = mergeShards(runs)] = runs
  const files = runs.length > 1 || first.run.selection.shard !== null ? mergeShards(runs) : first
  const folder = resolve(environment.cwd, out)
  sayOtherVersion(files.run, environment)
  const verdicts = await written(out, async () => {
    await mkdir(folder, { recursive: true })
    const unlock = lockFolder({ path: folder, shown: out }, environment.writer, environment.now())
    return reported(folder, files, options.out !== null).finally(unlock)
  })
  const { format = 'text' } = options
  const { begin, scenario, end } = MACHINE_OUTPUTS[format]
  const write = machineWriter(environment)
  const shown = forPeople(format, environment)
  write(begin(files.run))
  for (const each of verdicts.scenarios) write(scenario(each))
  shown.stdout.write(
    closingText(verdicts, files.run, { colors: colours(shown), columns: shown.columns, reports: out }),
  )
  write(end(verdicts, files.run))
  writeStepSummary(verdicts, files.run, shown)
  return verdicts.exitCode
}

/** Writes the reports, and beside reports that are made elsewhere the record, so that they can be made again from there. */
async function reported(
  folder: string,
  { run, envelopes }: RunFiles,
  isElsewhere: boolean,
): Promise<Verdicts> {
  const register = mergedRegister(run.protocols, run.dialect)
  const proofs = await knownProofs(run.protocols)
  const verdicts = await writeReports(folder, judgedHere(run), { envelopes, register, proofs })
  if (isElsewhere) await writeRecord(folder, run, envelopes)
  return verdicts
}

/** The record with the version that judges it, where another one made it. */
function judgedHere(run: RunRecord): RunRecord {
  const judgedBy = toolVersion()
  return run.tool.version === judgedBy ? run : { ...run, tool: { ...run.tool, judgedBy } }
}

function sayOtherVersion(run: RunRecord, { stderr }: Pick<Environment, 'stderr'>): void {
  const { version, judgedBy } = judgedHere(run).tool
  if (judgedBy !== undefined)
    stderr.write(
      `touchstone: the run was made by touchstone ${version} and is judged by ${judgedBy}, whose rules may differ; touchstone ${version} gives its own verdict\n`,
    )
}

async function written<T>(shown: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isSystemError(error)) throw error
    const reason = systemReason(error)
    throw new UsageError(`report: cannot write in ${shown} (${reason}); name a folder that can be written`, {
      cause: error,
    })
  }
}
