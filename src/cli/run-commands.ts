import { CommanderError } from 'commander'
import { isSystemError } from '#evidence/system-error.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { withInertOutput } from './inert-output.ts'
import { createProgram, type DefineCommand } from './create-program.ts'
import type { RunEnvironment } from './run-environment.ts'

const USAGE = 2
const HARNESS_ERROR = 4

/** The command line, as its process uses it. */
export interface CommandRunner {
  /** Runs the command that `args` (without program and script) ask for; the exit code. It never throws. */
  readonly run: (args: readonly string[], environment: RunEnvironment) => Promise<number>
  /** Says on `stderr` what went wrong, each usage error and each refusal of the operating system in one line; returns the exit code for it. */
  readonly explain: (error: unknown, stderr: RunEnvironment['stderr']) => number
}

/** Runs these commands. */
export function commandRunner(commands: readonly DefineCommand[]): CommandRunner {
  return {
    run: async (args, environment) => {
      let exitCode = 0
      const finish = (code: number): void => {
        exitCode = code
      }
      const shown = withInertOutput(environment)
      try {
        await createProgram(commands, { environment: shown, finish }).parseAsync(args, { from: 'user' })
        return exitCode
      } catch (error) {
        const code = explain(error, shown.stderr)
        if (code === USAGE) await markEarlier(args, environment)
        return code
      }
    },
    explain,
  }
}

async function markEarlier(args: readonly string[], environment: RunEnvironment): Promise<void> {
  const { putReportsAside } = await import('./put-aside.ts')
  putReportsAside(args, environment)
}

function explain(error: unknown, stderr: RunEnvironment['stderr']): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
  if (error instanceof UsageError) {
    stderr.write(`${error.message.replaceAll(/^/gm, 'touchstone: ')}\n`)
    return USAGE
  }
  if (isSystemError(error)) {
    stderr.write(`touchstone: ${error.message}\n`)
    return HARNESS_ERROR
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  stderr.write(`touchstone: internal error: ${trace}\n`)
  return HARNESS_ERROR
}
