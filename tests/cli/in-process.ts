import { Writable } from 'node:stream'
import { commandLine } from '../../src/cli/program.ts'
import type { Ended } from './touchstone.ts'
import { LONE_PROCESS } from '../lone-process.ts'

/** What of its surroundings a command does not share with the test. */
export interface CommandSetting {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the command line in this process, as `main.ts` would: for all that is no matter of a process of its own. */
export async function command(
  args: readonly string[],
  { cwd = '/', env = {} }: CommandSetting = {},
): Promise<Ended> {
  const started = performance.now()
  const stdout = collector()
  const stderr = collector()
  let nonces = 0
  const exitCode = await commandLine.run(args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdout: stdout.stream,
    stderr: stderr.stream,
    interactive: false,
    columns: 80,
    interrupted: new AbortController().signal,
    now: Date.now,
    nonce: () => (nonces++).toString(16).padStart(16, '0'),
    node: process.version,
    platform: process.platform,
    writer: LONE_PROCESS,
  })
  return { exitCode, stdout: stdout.text(), stderr: stderr.text(), durationMs: performance.now() - started }
}

function collector(): { readonly stream: Writable; readonly text: () => string } {
  let text = ''
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk)
      done()
    },
  })
  return { stream, text: () => text }
}
