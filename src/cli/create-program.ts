import type { Command } from 'commander'
import { toolVersion } from '#run/tool-version.ts'
import { defineHelp } from './define-help.ts'
import { defineVersion } from './define-version.ts'
import { commandLine, EXIT_CODES_HELP, unknownCommand, type CommandLine } from './command-line.ts'

/** Adds a command to the program. */
export type DefineCommand = (program: Command, line: CommandLine) => void

/**
 * The command line with these commands. A command's code is loaded when it is chosen, so that help comes at
 * once. Parsing throws a CommanderError for wrong arguments, after writing one line.
 */
export function createProgram(commands: readonly DefineCommand[], line: CommandLine): Command {
  const program = commandLine('touchstone', line.environment)
    .description('Checks whether a server speaks a protocol as its documentation says, with the evidence.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpCommand(false)
    .addHelpText('beforeAll', ({ command }) => refuseUnknown(command))
    .addHelpText('after', PROGRAM_HELP)
  for (const define of [...commands, defineVersion, defineHelp]) define(program, line)
  return program
}

/** Help of a command that there is not is not that of the program. */
function refuseUnknown(program: Command): string {
  const [word] = program.args
  if (program.parent !== null || word === undefined || word.startsWith('-')) return ''
  return program.commands.some((each) => each.name() === word) ? '' : unknownCommand(program, word)
}

const PROGRAM_HELP = `
Examples:
  $ touchstone verify                          the bundled mocks
  $ touchstone verify --url http://127.0.0.1:8080 --target my-server.yaml
  $ touchstone init --url http://127.0.0.1:8080 --target my-server.yaml
  $ touchstone doctor --target my-server.yaml
  $ touchstone plan relay --url https://staging.example.org
  $ touchstone mock relay --port 8080
${EXIT_CODES_HELP}`
