import type { Command } from 'commander'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { DoctorOptions } from './doctor.ts'
import { addTargetOptions, protocolsArgument } from './selection-options.ts'

/** Adds `touchstone doctor`. */
export function defineDoctor(program: Command, { environment, finish }: CommandLine): void {
  addTargetOptions(subcommand(program, 'doctor'))
    .summary('find what is wrong with a server or its target file')
    .description(
      'Looks at a server step by step, from its name to each capability, and tries each ' +
        'capability once: is the code that your command prints the one that confirms? For ' +
        'each problem it names the line of the target file and what to write there.',
    )
    .addArgument(protocolsArgument('what the server speaks (default: as the target file says)'))
    .optionsGroup('Other:')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (protocol: NamedProtocols, options: Omit<DoctorOptions, 'protocol'>) => {
      const { doctorCommand } = await import('./doctor.ts')
      finish(await doctorCommand({ ...options, protocol }, environment))
    })
}

const HELP = `
Examples:
  $ touchstone doctor --target my-server.yaml
  $ touchstone doctor relay --url http://127.0.0.1:8080
  $ touchstone doctor --target staging.yaml --allow writes,sends

A capability of a relay is tried with an account or two of unassigned numbers,
which stay there. Push ids, and a voicemail that is left, are taken away again
at the end; no ledger is kept of them, so that they stay where doctor is
killed. On a server that is not on this machine only what reads is tried,
unless --allow or the target file opens more. Where a problem shows what the
file ought to say, the checks behind it go on as if it did, so that one run
shows all of them.

Exit codes:
  0    healthy: nothing is wrong in what was tried
  2    the target file, or an argument, is wrong
  3    the server cannot be tested as it is
  130  interrupted
`
