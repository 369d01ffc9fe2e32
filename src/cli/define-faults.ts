import { Argument, type Command } from 'commander'
import { subcommand, type CommandLine } from './command-line.ts'
import type { FaultsOptions } from './faults.ts'

/** Adds `touchstone faults`. */
export function defineFaults(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'faults')
    .summary('list the faults of the mocks, show one')
    .description('Prints the faults the mock servers can be given, each a violation of one requirement.')
    .addArgument(new Argument('[action]', 'what to print').choices(['list', 'show']).default('list'))
    .argument('[id]', 'a fault; of the list also a requirement or an area')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(
      async (
        action: FaultsOptions['action'],
        id: string | undefined,
        { json = false }: { json?: boolean },
      ) => {
        const { faultsCommand } = await import('./faults.ts')
        finish(await faultsCommand({ action, id, json }, environment))
      },
    )
}

const HELP = `
Examples:
  $ touchstone faults
  $ touchstone faults list RELAY-PUSH
  $ touchstone faults show RELAY-MESSAGE-09/omits-extra-devices
  $ touchstone mock relay --fault RELAY-MESSAGE-09/omits-extra-devices
`
