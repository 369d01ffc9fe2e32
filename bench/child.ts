import { execFile, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

/** Whether a child process is gone. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** How to stop a child, and wait until it is gone; `kill` is also called where this process exits first. */
export function stopperOf(child: ChildProcess, kill: () => void): () => Promise<void> {
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return async () => {
    if (hasEnded(child)) return
    const gone = once(child, 'exit')
    kill()
    await gone
  }
}

const MOST_OUTPUT_BYTES = 16 * 1024 * 1024

/** Runs a compiled script to its end, in that folder, and returns what it printed; rejected where it fails. */
export async function printedBy(cwd: string, script: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], {
    cwd,
    maxBuffer: MOST_OUTPUT_BYTES,
  })
  return stdout
}
