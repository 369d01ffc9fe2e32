import type { Command } from 'commander'
import { didYouMean } from '#run/nearest.ts'
import { subcommand } from './command-line.ts'

/** Adds `touchstone help`, which prints the help of a command, or of a command of it. */
export function defineHelp(program: Command): void {
  const help = subcommand(program, 'help')
    .summary('print the help of a command')
    .argument('[command...]', 'its name')
    .action((words: readonly string[]) => {
      commandNamed(words, program, help).outputHelp()
    })
}

/** Follows the names of commands; commander ends the parse with one line where one names none. */
function commandNamed(words: readonly string[], program: Command, help: Command): Command {
  return words.reduce((command, word) => {
    const found = command.commands.find((each) => each.name() === word)
    const names = command.commands.map((each) => each.name())
    return found ?? help.error(`unknown command '${word}'${didYouMean(word, names)}`)
  }, program)
}
