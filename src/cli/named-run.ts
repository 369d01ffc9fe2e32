import { resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { readRun } from '#report/run-files.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { judge } from '#verdict/judge.ts'

/** The run in a folder, judged again from its record. Throws a UsageError where the folder holds none. */
export function namedRun(dir: string, cwd: string): NamedRun {
  const { run, envelopes } = readRun(resolve(cwd, dir), dir)
  if (run.selection.shard !== null)
    throw new UsageError(
      `${dir}: expected a whole run, got shard ${run.selection.shard}; merge the shards first: touchstone report`,
    )
  const { requirements } = mergedRegister(run.protocols, run.dialect)
  return { name: dir, run, verdicts: judge(envelopes, run, requirements) }
}
