import type { WritingProcess } from '#run/folder-lock.ts'

/** A process that is alone on its machine. */
export const LONE_PROCESS: WritingProcess = {
  pid: 1,
  host: 'here',
  space: 'all',
  isRunning: () => false,
  repeat: () => () => undefined,
  atExit: () => () => undefined,
}
