import { Argument, Option, type Command } from 'commander'
import { CLAIMS } from '#protocol/claims.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { RequirementsOptions } from './requirements.ts'

type RequirementsArguments = Omit<RequirementsOptions, 'action' | 'term' | 'json'> & {
  readonly json?: boolean
}

/** Adds `touchstone requirements`. */
export function defineRequirements(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'requirements')
    .summary('list the requirements, show one, report the coverage')
    .description('Prints the register: what the protocols ask, and how far the scenarios cover it.')
    .addArgument(
      new Argument('[action]', 'what to print').choices(['list', 'show', 'coverage']).default('list'),
    )
    .argument('[id]', 'a requirement, such as RELAY-MESSAGE-07; of the list and the coverage also an area')
    .option('--protocol <protocol>', 'relay or mstore')
    .option('--area <area>', 'an area, such as MESSAGE')
    .addOption(new Option('--level <level>', 'MUST, SHOULD or MAY'))
    .option('--binds <party>', 'server, client, both or bsf')
    .addOption(new Option('--claim <claim>', 'what a server that claims it is held to').choices(CLAIMS))
    .option('--reports <folder>', 'the run whose coverage is shown (default: reports)')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(
      async (
        action: RequirementsOptions['action'],
        id: string | undefined,
        { json = false, ...options }: RequirementsArguments,
      ) => {
        const { requirementsCommand } = await import('./requirements.ts')
        finish(await requirementsCommand({ ...options, action, term: id, json }, environment))
      },
    )
}

const HELP = `
Examples:
  $ touchstone requirements --protocol relay --area PUSH
  $ touchstone requirements list RELAY-PUSH
  $ touchstone requirements show RELAY-MESSAGE-07
  $ touchstone requirements list --protocol relay --claim core
  $ touchstone requirements coverage --json

A server can be claimed to conform in three steps: reads (every MUST that a run
shows which changes nothing; of an mStore alone), core (every MUST that one
shows which writes) and full (every SHOULD as well). touchstone statement says
which of them a run shows.
`
