import type { Command } from 'commander'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { PlanOptions } from './plan.ts'
import { addSelectionOptions, protocolsArgument } from './selection-options.ts'

/** Adds `touchstone plan`. */
export function definePlan(program: Command, { environment, finish }: CommandLine): void {
  addSelectionOptions(subcommand(program, 'plan'))
    .summary('show what verify would run; sends nothing')
    .description(
      'Prints the scenarios that verify would run with the same options, their requirements and risks, and what would be skipped and why. Sends nothing.',
    )
    .addArgument(protocolsArgument())
    .optionsGroup('Other:')
    .option('--json', 'print JSON')
    .addHelpText('after', PLAN_HELP)
    .action(async (protocol: NamedProtocols, options: Omit<PlanOptions, 'protocol'>) => {
      const { planCommand } = await import('./plan.ts')
      finish(await planCommand({ ...options, protocol }, environment))
    })
}

const PLAN_HELP = `
Examples:
  $ touchstone plan
  $ touchstone plan mstore
  $ touchstone plan --target my-server.yaml --allow writes
  $ touchstone plan --only RELAY-PUSH --json
`
