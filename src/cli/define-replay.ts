import { Option, type Command } from 'commander'
import { subcommand, type CommandLine } from './command-line.ts'
import type { ReplayOptions } from './replay.ts'
import { addTargetOptions } from './selection-options.ts'

/** Adds `touchstone replay`. */
export function defineReplay(program: Command, { environment, finish }: CommandLine): void {
  const command = subcommand(program, 'replay')
    .summary('send one exchange of a run again, with fresh credentials')
    .description(
      'Sends one exchange of a run again and shows what differs from the record. An account is registered for it, or a bootstrap and a challenge are made anew.',
    )
    .argument('<folder>', 'folder of the run')
    .option('--exchange <n>', 'its number; left out, those of failed scenarios are listed')
    .option('--scenario <name|uri:line>', 'the scenario that it is of')
    .addOption(
      new Option('--mock', "start a bundled mock, which takes the place of the run's server").conflicts([
        'url',
        'control',
        'target',
        'ca',
        'insecure',
      ]),
    )
  addTargetOptions(command)
    .addHelpText('after', HELP)
    .action(async (dir: string, options: Omit<ReplayOptions, 'dir'>) => {
      const { replayCommand } = await import('./replay.ts')
      finish(await replayCommand({ ...options, dir }, environment))
    })
}

const HELP = `
The server is that of the run, with what the run was allowed to do; options here
outweigh that. What the record hides besides credentials that can be made anew
comes from the environment: TOUCHSTONE_PIN for ‹pin›, and TOUCHSTONE_AUTH for
what stands behind the scheme of an Authorization. Of what the exchanges before
it had left at the server, a new account or mock has nothing; and credentials
that were wrong on purpose are right now. Nothing is put back: the account, and
what the exchange changes at the server, stay.

Examples:
  $ touchstone replay reports
  $ touchstone replay reports --exchange 17
  $ touchstone replay reports --exchange 17 --mock
  $ touchstone replay reports --exchange 17 --target staging.yaml

Exit codes:
  0  it ended as recorded: with the same status
  1  it ended otherwise
  2  usage: no such exchange, it may not be sent, or something is missing for
     it; nothing of it was sent
  3  no answer
`
