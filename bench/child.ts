import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

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
