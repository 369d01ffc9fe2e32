import { resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { readLatestRun, readRun, type RunFiles } from '#report/run-files.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { judge } from '#verdict/judge.ts'
import type { Environment } from './environment.ts'

/** The run in a folder, judged again from its record. Throws a UsageError where the folder holds none. */
export function namedRun(dir: string, cwd: string): NamedRun {
  return judgedAgain(dir, readRun(resolve(cwd, dir), dir))
}

/** The same to be looked at, where no verdict follows: also where the last command was refused and the run is an earlier one, which is said. */
export function latestRun(dir: string, { cwd, stderr }: Pick<Environment, 'cwd' | 'stderr'>): NamedRun {
  const { isEarlier, ...files } = readLatestRun(resolve(cwd, dir), dir)
  if (isEarlier)
    stderr.write(`touchstone: ${dir} holds the record of an earlier run, for the last command was refused\n`)
  return judgedAgain(dir, files)
}

function judgedAgain(dir: string, { run, envelopes }: RunFiles): NamedRun {
  if (run.selection.shard !== null)
    throw new UsageError(
      `${dir}: expected a whole run, got shard ${run.selection.shard}; merge the shards first: touchstone report`,
    )
  const { requirements } = mergedRegister(run.protocols, run.dialect)
  return { name: dir, run, verdicts: judge(envelopes, run, requirements) }
}
