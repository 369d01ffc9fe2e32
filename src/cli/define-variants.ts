import { Argument, type Command } from 'commander'
import { subcommand, type CommandLine } from './command-line.ts'
import type { VariantsOptions } from './variants.ts'

/** Adds `touchstone variants`. */
export function defineVariants(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'variants')
    .summary('list the other ways to be right, show one')
    .description(
      'Prints the variants the mock servers can be: each does all that its specification\nasks, and otherwise than the mock what the specification leaves open.',
    )
    .addArgument(new Argument('[action]', 'what to print').choices(['list', 'show']).default('list'))
    .argument('[id]', 'a variant; of the list also a requirement or an area')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(
      async (
        action: VariantsOptions['action'],
        id: string | undefined,
        { json = false }: { json?: boolean },
      ) => {
        const { variantsCommand } = await import('./variants.ts')
        finish(await variantsCommand({ action, id, json }, environment))
      },
    )
}

const HELP = `
Examples:
  $ touchstone variants
  $ touchstone variants list RELAY-DIRECTORY
  $ touchstone variants show RELAY-DIRECTORY-13/null-for-no-sms
  $ touchstone mock relay --variant RELAY-DIRECTORY-13/null-for-no-sms
  $ touchstone prove --variants
`
