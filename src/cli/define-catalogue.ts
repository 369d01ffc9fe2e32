import { Argument, type Command } from 'commander'
import type { CatalogueOptions } from './catalogue.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { Environment } from './environment.ts'
import type { EntryNoun } from './named-entries.ts'

/** What the command line says of a catalogue, and what prints it; that is loaded only when it is asked for. */
export interface CatalogueDefinition {
  readonly noun: EntryNoun
  readonly summary: string
  readonly description: string
  readonly help: string
  readonly command: () => Promise<(options: CatalogueOptions, environment: Environment) => Promise<number>>
}

/** Adds the command that lists a catalogue and shows one of its entries: `touchstone faults`, `touchstone variants`. */
export function defineCatalogue(
  program: Command,
  { environment, finish }: CommandLine,
  { noun, summary, description, help, command }: CatalogueDefinition,
): void {
  subcommand(program, `${noun}s`)
    .summary(summary)
    .description(description)
    .addArgument(new Argument('[action]', 'what to print').choices(['list', 'show']).default('list'))
    .argument('[id]', `a ${noun}; of the list also a requirement or an area`)
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(
      async (
        action: CatalogueOptions['action'],
        id: string | undefined,
        { json = false }: { json?: boolean },
      ) => {
        const print = await command()
        finish(await print({ action, id, json }, environment))
      },
    )
}
