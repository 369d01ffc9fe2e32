import type { Command } from 'commander'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { InitOptions } from './init.ts'
import { serverProtocol } from './selection-options.ts'

/** Adds `touchstone init`. */
export function defineInit(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'init')
    .summary('begin a target file for a server')
    .description(
      'Looks at a server and writes a target file for it: what can be found out as ' +
        'keys, all else as comments that show what may stand there. Sends only what any ' +
        'server of the protocol refuses. On a terminal it asks for what is not given.',
    )
    .addArgument(serverProtocol('what the server speaks (default: found out)', PROTOCOLS))
    .option('--url <url>', 'base URL of the server')
    .option('--control <url>', 'control plane that supplies every capability')
    .option('--target <file>', 'the file to write', 'touchstone.yaml')
    .option('--ca <file>', 'PEM file of certificate authorities to trust')
    .option('--insecure', 'accept any certificate')
    .option('--force', 'overwrite the file')
    .addHelpText('after', HELP)
    .action(async (protocol: Protocol | undefined, options: Omit<InitOptions, 'protocol'>) => {
      const { initCommand } = await import('./init.ts')
      finish(await initCommand({ ...options, protocol }, environment))
    })
}

const HELP = `
Examples:
  $ touchstone init
  $ touchstone init --url http://127.0.0.1:8080 --target my-server.yaml
  $ touchstone init mstore --url https://127.0.0.1:8443 --insecure \\
      --control http://127.0.0.1:8444

Then: touchstone doctor --target FILE, which finds what is wrong in it.

Exit codes:
  0    the file was written
  2    an argument is wrong, or the file is there already
  130  interrupted; nothing was written
`
