import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { printable } from '#evidence/printable.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { cleanUp } from '#run/cleanup/clean-up.ts'
import { pendingChanges, type PendingChange } from '#run/cleanup/ledger-file.ts'
import { lockFolder } from '#run/folder-lock.ts'
import { featuredProtocols } from '#run/features.ts'
import { resolveTargets, type TargetOptions } from '#run/targets/resolve-target.ts'
import { counted } from '#verdict/describe.ts'
import type { RunEnvironment } from './run-environment.ts'
import { errorCode } from '#evidence/system-error.ts'

/** What `touchstone cleanup` reads from its command line. */
export interface CleanupOptions extends TargetOptions {
  readonly ledger: string
}

const INCONCLUSIVE = 3

/**
 * Runs `touchstone cleanup`: puts back what a run that was killed left behind. Returns 0 where all of it is as it was, 3
 * where something is not. Throws a UsageError for a ledger that cannot be read, and for a target that is wrong.
 */
export async function cleanupCommand(
  { ledger, ...options }: CleanupOptions,
  environment: RunEnvironment,
): Promise<number> {
  const path = resolve(environment.cwd, ledger)
  textOf(path, ledger)
  const { writer, now } = environment
  const unlock = lockFolder({ path: dirname(path), shown: dirname(ledger) }, writer, now())
  try {
    return await cleanedUp(path, { ledger, ...options }, environment)
  } finally {
    unlock()
  }
}

async function cleanedUp(
  path: string,
  { ledger, ...options }: CleanupOptions,
  { cwd, env, stdout }: RunEnvironment,
): Promise<number> {
  const pending = pendingChanges(textOf(path, ledger), ledger)
  const surroundings = { cwd, env, featured: featuredProtocols() }
  const targetOf = ({ named, protocol }: PendingChange) => {
    const [chosen] = resolveTargets(protocol, { ...named, ...options }, surroundings)
    if (chosen?.kind !== 'deployment')
      throw new UsageError(
        `${ledger}: expected a server to clean up, got none; name it with --target or --url`,
      )
    return chosen.target
  }
  for (const change of pending) targetOf(change)
  const cleaned = await cleanUp(pending, { path, targetOf })
  const left = cleaned.filter(({ why }) => why !== null)
  for (const { what, why } of left) stdout.write(printable(`not put back: ${what}: ${String(why)}`) + '\n')
  stdout.write(`${counted(cleaned.length - left.length, 'change')} put back, ${left.length} left\n`)
  return left.length === 0 ? 0 : INCONCLUSIVE
}

function textOf(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = errorCode(error)
    throw new UsageError(`--ledger: cannot read ${shown} (${why}); a run leaves it in its folder of reports`)
  }
}
