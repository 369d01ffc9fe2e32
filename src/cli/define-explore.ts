import { Option, type Command } from 'commander'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { addBudgetOptions } from './budget-options.ts'
import { EXIT_CODES_HELP, subcommand, type CommandLine } from './command-line.ts'
import type { ExploreOptionsGiven } from './explore.ts'
import { addTargetOptions, protocolsArgument } from './selection-options.ts'
import { addWalkOptions } from './walk-options.ts'

/** Adds `touchstone explore`. */
export function defineExplore(program: Command, { environment, finish }: CommandLine): void {
  addBudgetOptions(addWalkOptions(addTargetOptions(subcommand(program, 'explore'))))
    .summary('walk a server by random sequences of requests')
    .description(
      'Walks a server by random sequences of requests of several parties. A model of the ' +
        'protocol holds each answer, and each later read, against the specification. What ' +
        'fails is made as short as possible and saved as a scenario.',
    )
    .addArgument(protocolsArgument('whose server (default: that of the target file, else all)'))
    .optionsGroup('How it is walked:')
    .option('--seed <text>', 'seed of the sequences (default: random)')
    .optionsGroup('Verdict and reports:')
    .option('--baseline <file>', 'known deviations (YAML)')
    .addOption(
      new Option('--fail-on <level>', 'the least level that counts')
        .choices(['must', 'should'])
        .default('should'),
    )
    .option('--reports <folder>', 'where the record and the reports go', 'reports')
    .option('--quiet', 'print the closing verdict alone')
    .addHelpText('after', EXPLORE_HELP)
    .action(async (protocol: NamedProtocols, options: Omit<ExploreOptionsGiven, 'protocol'>) => {
      const { exploreCommand } = await import('./explore.ts')
      finish(await exploreCommand({ ...options, protocol }, environment))
    })
}

const EXPLORE_HELP = `
Examples:
  $ touchstone explore relay --for 30s
  $ touchstone explore mstore --only SEARCH --seed 7
  $ touchstone explore relay --url http://127.0.0.1:8080 \\
      --control http://127.0.0.1:8081 --for 5m
  $ touchstone verify relay \\
      --features reports/explored/RELAY-PREKEY-04-1f0c.feature

Walks write, so a server that is not on this machine must allow it: --allow
writes,sends or the target file says so. The same seed draws the same sequences.
${EXIT_CODES_HELP}`
