import type { Command } from 'commander'
import { subcommand, unknownCommand } from './command-line.ts'

/** Adds `touchstone help`, which prints the help of a command, or of a command of it. */
export function defineHelp(program: Command): void {
  subcommand(program, 'help')
    .summary('print the help of a command')
    .argument('[command...]', 'its name')
    .action((words: readonly string[]) => {
      const named = words.reduce(
        (command, word) =>
          command.commands.find((each) => each.name() === word) ?? unknownCommand(command, word),
        program,
      )
      named.outputHelp()
    })
}
