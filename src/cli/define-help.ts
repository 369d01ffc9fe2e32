import type { Command } from 'commander'
import { subcommand } from './command-line.ts'

/** Adds `touchstone help`, which prints the help of a command, or of a command of it. */
export function defineHelp(program: Command): void {
  const help = subcommand(program, 'help')
    .summary('print the help of a command')
    .argument('[command...]', 'its name')
    .action(async (words: readonly string[]) => {
      const { didYouMean } = await import('#run/nearest.ts')
      // Follows the names of commands; commander ends the parse with one line where one names none.
      const named = words.reduce((command, word) => {
        const found = command.commands.find((each) => each.name() === word)
        const names = command.commands.map((each) => each.name())
        return found ?? help.error(`unknown command '${word}'${didYouMean(word, names)}`)
      }, program)
      named.outputHelp()
    })
}
