import { Command, type CommandOptions } from 'commander'
import { didYouMean } from '#run/nearest.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What every command is defined with. */
export interface CommandLine {
  readonly environment: RunEnvironment
  /** Is given the exit code of the command that ran. */
  readonly finish: (exitCode: number) => void
}

const HELP_COLUMNS = 80

/** A command line without commands. Wrong arguments are reported in one line and thrown as a CommanderError. */
export function commandLine(name: string, { stdout, stderr }: RunEnvironment): Command {
  const program = new Command(name)
    .exitOverride()
    .configureHelp({ helpWidth: HELP_COLUMNS, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .helpOption('-h, --help', 'print this help')
  return pointing(program, `${name} --help`)
}

/** A new command of `program`, whose usage errors are reported in one line that points to its own help. */
export function subcommand(program: Command, name: string, options: CommandOptions = {}): Command {
  const command = program.command(name, options).helpOption('-h, --help', 'print this help')
  const whole = [program.parent?.name(), program.name(), name].filter((part) => part !== undefined)
  return pointing(command, `${whole.join(' ')} --help`)
}

function pointing(command: Command, help: string): Command {
  return command.configureOutput({
    outputError: (text, write) => {
      const line = oneLine(text)
      write(`touchstone: ${line}${line.endsWith('?') ? '' : ';'} see ${help}\n`)
    },
  })
}

/** Ends the parse with one line: `command` has no command called `word`. */
export function unknownCommand(command: Command, word: string): never {
  const names = command.commands.map((each) => each.name())
  return command.error(`unknown command '${word}'${didYouMean(word, names)}`)
}

/** Commander's message without its prefix, on one line, with a suggestion as in all messages. */
function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
    .replace(/\s*\(Did you mean (?:one of )?(.*)\?\)$/, '; did you mean $1?')
}

/** What the exit codes of a command that verifies mean, for its help. */
export const EXIT_CODES_HELP = `
Exit codes:
  0    conformant: nothing violated, nothing inconclusive
  1    non-conformant: a requirement is violated, or the baseline is out of date
  2    usage: an argument or a file is wrong; nothing was sent
  3    inconclusive: the server could not be reached or judged; or incomplete:
       too little of it was checked
  4    harness error: touchstone itself failed
  130  interrupted; what was found until then is kept and reported
`
