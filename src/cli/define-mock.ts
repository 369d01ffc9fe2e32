import { Argument, Option, type Command } from 'commander'
import { DIALECTS, PORTS } from './choices.ts'
import { collected, namedUrls, wholeNumber } from './arguments.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { MockOptions } from './mock.ts'

const HIGHEST_PORT = 65_535

/** What commander makes of the command line; `--fault` and `--peer` may be given several times. */
type Given = Omit<MockOptions, 'protocol' | 'faults' | 'peers' | 'json'> & {
  readonly fault: readonly string[]
  readonly peer: Readonly<Record<string, string>>
  readonly json?: boolean
}

/** Adds `touchstone mock`. */
export function defineMock(program: Command, { environment, finish }: CommandLine): void {
  subcommand(program, 'mock')
    .summary('run a mock server until it is interrupted')
    .description('Runs a mock server with its control plane until Ctrl-C or SIGTERM.')
    .addArgument(new Argument('<protocol>', 'the protocol').choices(['relay']))
    .option(
      '--port <n>',
      'port of the server; 0 takes any free one',
      wholeNumber(0, HIGHEST_PORT),
      PORTS.port,
    )
    .option(
      '--control-port <n>',
      'port of the control plane',
      wholeNumber(0, HIGHEST_PORT),
      PORTS.controlPort,
    )
    .option('--host <address>', 'address the server listens on', '127.0.0.1')
    .addOption(
      new Option('--dialect <dialect>', 'how the page is read').choices(DIALECTS).default('documented'),
    )
    .addOption(
      new Option('--fault <id>', 'a deliberate violation; repeatable')
        .argParser(collected)
        .default([], 'none'),
    )
    .option('--name <name>', 'name by which peers know this node (default: north)')
    .addOption(
      new Option('--peer <name=url>', 'another node to federate with; repeatable')
        .argParser(namedUrls)
        .default({}, 'a bundled peer'),
    )
    .option('--seed <text>', 'seed of codes, ids and nonces (default: random)')
    .option('--json', 'print one line of JSON when ready, and nothing else')
    .addHelpText('after', HELP)
    .action(async (protocol: MockOptions['protocol'], { fault, peer, json = false, ...options }: Given) => {
      const { mockCommand } = await import('./mock.ts')
      finish(await mockCommand({ ...options, protocol, faults: fault, peers: peer, json }, environment))
    })
}

const HELP = `
Examples:
  $ touchstone mock relay
  $ touchstone mock relay --port 0 --control-port 0 --json
  $ touchstone mock relay --dialect deployed --seed 1
  $ touchstone mock relay --name north --peer south=http://127.0.0.1:9080
`
