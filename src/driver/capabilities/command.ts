import { printable } from '#evidence/printable.ts'
import type { AnswerReader } from './answer-reader.ts'
import type { Redact } from './capability-io.ts'
import { CapabilityFailure } from './failures.ts'
import { type ProcessEnding, runProcess } from './process-group.ts'

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
  readonly timeoutMs?: number | undefined
  /** Takes what is secret out of what it printed. */
  readonly redact: Redact
}

/**
 * Runs the command without a shell, with `added` after its own arguments, and returns what it printed,
 * trimmed. Throws a CapabilityFailure, one line with the first line of its stderr, when it cannot be
 * started, ends with another code than 0, takes too long or prints more than 1 MiB; it is then ended, with all that
 * it started. The arguments are in no message, because they may be secret.
 */
export async function runCommand(command: Command, added: readonly string[]): Promise<string> {
  const { what, timeoutMs = COMMAND_MS } = command
  const [program, ...own] = command.command
  if (program === undefined) throw new CapabilityFailure(`${what}: expected a program, got an empty command`)
  const ending = await runProcess(program, [...own, ...added], {
    timeoutMs,
    maxOutputBytes: MAX_OUTPUT_BYTES,
  })
  if (ending.kind === 'ended' && ending.code === 0) return ending.stdout.trim()
  const todo = ending.kind === 'unstartable' ? (UNSTARTABLE[ending.code]?.todo ?? null) : null
  throw new CapabilityFailure(
    `${what}: command ${program} ${complaint(ending, { ...command, timeoutMs })}`,
    todo,
  )
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

/** Why a program cannot be started, and what to do, by the reason. */
const UNSTARTABLE: Readonly<Record<string, { readonly why: string; readonly todo: string }>> = {
  ENOENT: {
    why: 'there is no such program, or none that its first line names',
    todo: 'put one with a slash in its name beside the target file, or another on the PATH',
  },
  EACCES: { why: 'it may not be executed', todo: 'make it a program with chmod +x' },
}

function complaint(
  ending: ProcessEnding,
  { timeoutMs, redact }: Pick<Command, 'timeoutMs' | 'redact'>,
): string {
  switch (ending.kind) {
    case 'unstartable': {
      const known = UNSTARTABLE[ending.code]
      return `cannot be started (${ending.code})${known === undefined ? '' : `: ${known.why}`}`
    }
    case 'too-much':
      return `printed more than ${MAX_OUTPUT_BYTES} bytes`
    case 'too-long':
      return `did not end within ${timeoutMs} ms; timeoutMs beside it allows more`
    case 'ended': {
      const { code, signal, stderr } = ending
      const how = signal === null ? `ended with code ${code ?? 'unknown'}` : `was killed by ${signal}`
      const said = firstLine(redact(stderr.trim()))
      return said === '' ? how : `${how}: ${said}`
    }
    default:
      return ending satisfies never
  }
}

/** The first line, cut and printable. */
function firstLine(text: string): string {
  const [first = ''] = text.split(/\r?\n/)
  return printable(first.length > SHOWN_CHARACTERS ? `${first.slice(0, SHOWN_CHARACTERS)}…` : first)
}
