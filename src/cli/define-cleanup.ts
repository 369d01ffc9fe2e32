import type { Command } from 'commander'
import type { CleanupOptions } from './cleanup.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import { addTargetOptions } from './selection-options.ts'

/** Adds `touchstone cleanup`. */
export function defineCleanup(program: Command, { environment, finish }: CommandLine): void {
  addTargetOptions(subcommand(program, 'cleanup'))
    .summary('put back what a run that was killed left behind')
    .description(
      'Puts back what a run changed at a server and could not put back, since it was killed. A run writes each change into its ledger first, and cleans up at its end.',
    )
    .requiredOption('--ledger <file>', 'ledger.ndjson in the folder of reports of that run')
    .addHelpText('after', HELP)
    .action(async (options: CleanupOptions) => {
      const { cleanupCommand } = await import('./cleanup.ts')
      finish(await cleanupCommand(options, environment))
    })
}

const HELP = `
Examples:
  $ touchstone cleanup --ledger reports/ledger.ndjson
  $ touchstone cleanup --ledger reports/ledger.ndjson --target my-server.yaml

The ledger names the target file and holds no secret: credentials are those of
the target file. Numbers that a run registered at a relay are registered once
more, with a code that the target file gives, so that their push ids can be
cleared; the API has no operation that deletes an account.

Exit codes:
  0    all is as it was
  2    usage: the ledger or the target file is wrong; nothing was sent
  3    something was not put back
`
