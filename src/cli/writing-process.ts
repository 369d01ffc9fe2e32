import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { WritingProcess } from '#run/folder-lock.ts'

/** This process as the lock of a folder names it, with what only the process itself knows. */
export function writingProcess(own: Pick<WritingProcess, 'pid' | 'isRunning' | 'atExit'>): WritingProcess {
  return { ...own, host: hostname(), space: processSpace(), repeat }
}

/** On Linux the machine's current start and the space of process ids, which two containers do not share; else empty. */
function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}

function repeat(ms: number, action: (now: number) => void): () => void {
  const timer = setInterval(() => {
    action(Date.now())
  }, ms).unref()
  return () => {
    clearInterval(timer)
  }
}
