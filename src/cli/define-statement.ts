import { Option, type Command } from 'commander'
import { CLAIMS } from '#protocol/claims.ts'
import { subcommand, unknownCommand, type CommandLine } from './command-line.ts'
import type { KeyOptions } from './statement-keys.ts'
import type { StatementOptions } from './statement.ts'

type Key = Pick<KeyOptions, 'key'>

/** Adds `touchstone statement`. */
export function defineStatement(program: Command, { environment, finish }: CommandLine): void {
  const group = subcommand(program, 'statement')
    .summary('what a run lets you claim of a server; sign it, check it')
    .description(
      'States what a run shows of a server, for readers who did not see the run: signed, and bound to its record.',
    )
    .usage('[options] <folder>')
    .helpCommand(false)
    .addHelpText('after', HELP)
  subcommand(group, 'write', { isDefault: true })
    .summary('write statement.json and statement.md (what is done without a command)')
    .argument('<folder>', 'folder of the run')
    .allowExcessArguments()
    .addOption(new Option('--claim <claim>', 'what is claimed').choices(CLAIMS))
    .action(async (dir: string, { claim }: Pick<StatementOptions, 'claim'>, { args }: Command) => {
      // Without a command of its own the first word may be one that is misspelt.
      if (args.length > 1) unknownCommand(group, dir)
      const { statementCommand } = await import('./statement.ts')
      finish(await statementCommand({ dir, claim }, environment))
    })
  subcommand(group, 'keygen')
    .summary('make a pair of Ed25519 keys')
    .requiredOption('--key <file>', 'where the private key goes; the public one has .pub behind it')
    .action(async ({ key }: Key) => {
      const { keygenCommand } = await import('./statement-keys.ts')
      finish(await keygenCommand({ key }, environment))
    })
  subcommand(group, 'sign')
    .summary('sign the statement of a run')
    .argument('<folder>', 'folder of the run')
    .requiredOption('--key <file>', 'the private key (PEM)')
    .action(async (dir: string, { key }: Key) => {
      const { signCommand } = await import('./statement-keys.ts')
      finish(await signCommand({ dir, key }, environment))
    })
  subcommand(group, 'check')
    .summary('check a signed statement against its record')
    .argument('<folder>', 'folder of the run')
    .requiredOption('--key <file>', 'the public key (PEM)')
    .action(async (dir: string, { key }: Key) => {
      const { checkCommand } = await import('./statement-check.ts')
      finish(checkCommand({ dir, key }, environment))
    })
}

const HELP = `
--claim names what is claimed: reads (every MUST that a run shows which changes
nothing; of an mStore alone), core (every MUST that one shows which writes) or
full (every SHOULD as well); touchstone requirements --claim core lists what
belongs to it.

Examples:
  $ touchstone statement reports --claim core
  $ touchstone statement keygen --key release.pem
  $ touchstone statement sign reports --key release.pem
  $ touchstone statement check reports --key release.pem.pub

Exit codes:
  0  written; what is claimed is shown; the statement holds
  1  the run does not show what is claimed; the statement or its record is not
     what was signed; the statement does not say what its record shows
  2  usage: no run, no statement or no key where one is named
  3  what was signed is unchanged, but its record is of another version of
     touchstone, so that what it says was not judged again
`
