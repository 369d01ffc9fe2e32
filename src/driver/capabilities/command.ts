import { type ExecFileException, execFile } from 'node:child_process'
import { printable } from '#evidence/printable.ts'
import type { AnswerReader } from './answer-reader.ts'
import { CapabilityFailure } from './failures.ts'

/** Milliseconds a command may take: it may have to wait for an SMS. */
const COMMAND_MS = 30_000
const MAX_OUTPUT_BYTES = 1024 * 1024
const SHOWN_CHARACTERS = 160

/** A command of the target file for one capability. */
export interface Command {
  /** The capability, for messages. */
  readonly what: string
  /** The program and its own arguments. */
  readonly command: readonly string[]
  /** Milliseconds it may take; 30 s where not given. */
  readonly timeoutMs?: number
}

/**
 * Runs the command without a shell, with `added` after its own arguments, and returns what it printed,
 * trimmed. Throws a CapabilityFailure, one line with the first line of its stderr, when it cannot be
 * started, ends with another code than 0, takes too long (it is then killed) or prints more than 1 MiB.
 * The arguments are in no message, because they may be secret.
 */
export function runCommand(command: Command, added: readonly string[]): Promise<string> {
  const [program, ...own] = command.command
  if (program === undefined)
    throw new CapabilityFailure(`${command.what}: expected a program, got an empty command`)
  const timeout = command.timeoutMs ?? COMMAND_MS
  const options = { timeout, maxBuffer: MAX_OUTPUT_BYTES, killSignal: 'SIGKILL', windowsHide: true } as const
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...own, ...added], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim())
      else
        reject(
          new CapabilityFailure(`${command.what}: command ${program} ${complaint(error, stderr, timeout)}`),
        )
    })
    child.stdin?.on('error', () => undefined).end()
  })
}

/** Runs the command and reads the JSON it prints; JSON of another shape is a CapabilityFailure. */
export async function commandJson<Value>(
  command: Command,
  added: readonly string[],
  reader: AnswerReader<Value>,
): Promise<Value> {
  const printed = await runCommand(command, added)
  const place = `${command.what}: output of command ${command.command[0] ?? ''}`
  return reader(parse(printed, place), place)
}

function parse(printed: string, place: string): unknown {
  try {
    return JSON.parse(printed)
  } catch {
    throw new CapabilityFailure(
      `${place}: expected JSON, got ${printed.length} characters that are something else`,
    )
  }
}

function complaint(error: ExecFileException, stderr: string, timeoutMs: number): string {
  if (error.code === 'ENOENT' || error.code === 'EACCES') return `cannot be started (${error.code})`
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `printed more than ${MAX_OUTPUT_BYTES} bytes`
  if (error.killed === true) return `did not end within ${timeoutMs} ms`
  const how =
    error.signal == null ? `ended with code ${error.code ?? 'unknown'}` : `was killed by ${error.signal}`
  const said = shown(stderr.trim())
  return said === '' ? how : `${how}: ${said}`
}

/** The first line, cut and printable. */
function shown(text: string): string {
  const [first = ''] = text.split(/\r?\n/)
  return printable(first.slice(0, SHOWN_CHARACTERS))
}
