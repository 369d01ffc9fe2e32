import type { WritingProcess } from '#run/folder-lock.ts'
import type { Environment } from './environment.ts'

/** What a command that verifies uses of its process besides: time, chance, and what it runs on and in. */
export interface RunEnvironment extends Environment {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Sixteen hexadecimal digits, others at each call. */
  readonly nonce: () => string
  /** The version of Node.js, such as `v20.19.0`. */
  readonly node: string
  readonly platform: string
  /** The process itself, as the lock of a folder names it. */
  readonly writer: WritingProcess
}
