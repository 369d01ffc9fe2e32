import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

const MAIN = join(PACKAGE_ROOT, 'dist/joined/main.js')

/** How a run of the command line ended. `signal` is set where it had to be killed. Milliseconds. */
export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

/** What of the surroundings a run does not share with the test. */
export interface Setting {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** A descriptor that standard output goes to; nothing of it is in the result then. */
  readonly stdout?: number
  /** Called with the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void
}

/** Runs the compiled `touchstone` as a user would; settled when its process and its output have ended. */
export function touchstone(
  args: readonly string[],
  { cwd = tmpdir(), env = {}, stdout, onStart }: Setting = {},
): Promise<Ended> {
  const started = performance.now()
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  onStart?.(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => {
      resolve({ ...output, exitCode, durationMs: performance.now() - started })
    })
  })
}

/** A folder for one test's files, gone after `remove`. */
export interface Workplace {
  readonly path: string
  readonly file: (name: string) => string
  readonly has: (name: string) => boolean
  readonly text: (name: string) => string
  readonly json: (name: string) => unknown
  readonly remove: () => void
}

/** Makes a new, empty folder. */
export function workplace(): Workplace {
  const path = mkdtempSync(join(tmpdir(), 'touchstone-cli-'))
  const file = (name: string): string => join(path, name)
  const text = (name: string): string => readFileSync(file(name), 'utf8')
  return {
    path,
    file,
    has: (name) => existsSync(file(name)),
    text,
    json: (name) => JSON.parse(text(name)) as unknown,
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}
