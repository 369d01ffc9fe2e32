import { Argument, Option, type Command } from 'commander'
import { DIALECTS, PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { PORTS } from './choices.ts'
import { collected, portNumber } from './arguments.ts'
import { subcommand, type CommandLine } from './command-line.ts'
import type { AnyMockOptions, MockOptions, OwnMockOptions } from './mock-format.ts'
import { mockCommand } from './mock.ts'
import { MOCK_FORMATS } from './mock-formats.ts'

/** The options as commander parses them; `--fault`, `--variant`, `--peer` and `--accept-uri` may be given several times. */
interface GivenMockOptions
  extends
    OwnMockOptions,
    Partial<Pick<AnyMockOptions, 'port' | 'controlPort'>>,
    Pick<
      AnyMockOptions,
      'host' | 'controlHost' | 'publicHost' | 'cert' | 'key' | 'rsa' | 'data' | 'log' | 'seed' | 'dialect'
    > {
  readonly fault: readonly string[]
  readonly variant: readonly string[]
  readonly json?: boolean
}

/** The options that only the mock of `protocol` takes. */
interface OwnOptions {
  readonly protocol: Protocol
  readonly names: readonly string[]
}

/** Adds `touchstone mock`. */
export function defineMock(program: Command, { environment, finish }: CommandLine): void {
  const command = subcommand(program, 'mock')
    .summary('run a mock server until it is interrupted')
    .description('Runs a mock server with its control plane until Ctrl-C or SIGTERM.')
    .addArgument(new Argument('<protocol>', 'the protocol').choices(PROTOCOLS))
  addCommonOptions(command)
  const own = PROTOCOLS.map((protocol) => addOwnOptions(command, protocol))
  command.addHelpText('after', HELP).action(async (protocol: Protocol, given: GivenMockOptions) => {
    refuseStrayOptions(command, protocol, own)
    finish(await mockCommand(optionsOf(protocol, given), environment))
  })
}

function addCommonOptions(command: Command): void {
  const { relay, mstore } = PORTS
  command
    .option(
      '--port <n>',
      `port of the server; 0 takes any free one (default: ${relay.port}, mstore ${mstore.port})`,
      portNumber,
    )
    .option(
      '--control-port <n>',
      `port of the control plane (default: ${relay.controlPort}, mstore ${mstore.controlPort})`,
      portNumber,
    )
    .option('--host <address>', 'address the server listens on; 0.0.0.0 for all', '127.0.0.1')
    .option(
      '--control-host <address>',
      'address the control plane listens on: a client that reaches it can do everything',
      '127.0.0.1',
    )
    .option(
      '--public-host <name>',
      'name or address by which clients reach the mock (default: that of --host)',
    )
    .option('--cert <file>', 'certificate to serve, as PEM (default: one of a test authority)')
    .option('--key <file>', 'its key, as PEM')
    .option('--rsa', 'serve an RSA certificate, for TLS_RSA_WITH_AES_128_CBC_SHA')
    .addOption(
      new Option('--dialect <dialect>', 'how ambiguous documentation is read')
        .choices(DIALECTS)
        .default('documented'),
    )
    .addOption(
      new Option('--fault <id>', 'a deliberate violation; repeatable')
        .argParser(collected)
        .default([], 'none'),
    )
    .addOption(
      new Option('--variant <id>', 'another way to be right; repeatable')
        .argParser(collected)
        .default([], 'none'),
    )
    .option('--seed <text>', 'seed of codes, ids and nonces (default: random)')
    .option(
      '--data <file>',
      'accounts or subscribers to begin with, as YAML or JSON (see examples/relay.yaml)',
    )
    .option('--log [file]', 'a line for each request, to a file or stderr')
    .option('--json', 'print one line of JSON when ready, and nothing else')
}

/** Adds what only the mock of `protocol` takes; the names of these options, as commander has them. */
function addOwnOptions(command: Command, protocol: Protocol): OwnOptions {
  const common = command.options.length
  MOCK_FORMATS[protocol].addOptions(command)
  return { protocol, names: command.options.slice(common).map((option) => option.attributeName()) }
}

/** Refuses an option of a mock of another protocol. */
function refuseStrayOptions(command: Command, protocol: Protocol, own: readonly OwnOptions[]): void {
  const others = own.filter((each) => each.protocol !== protocol).flatMap(({ names }) => names)
  const stray = command.options.find(
    (option) =>
      others.includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  if (stray !== undefined) command.error(`error: mock ${protocol} has no option '${stray.long ?? ''}'`)
}

function optionsOf(protocol: Protocol, given: GivenMockOptions): MockOptions {
  const format = MOCK_FORMATS[protocol]
  const { fault: faults, variant: variants, json = false, host, seed, dialect } = given
  const { controlHost, publicHost, cert, key, rsa, data, log } = given
  const { port = format.ports.port, controlPort = format.ports.controlPort } = given
  const reached = { port, controlPort, host, controlHost, cert, key, rsa, data, log }
  return format.optionsOf(
    {
      ...{ ...reached, seed, dialect, faults, variants, json },
      ...(publicHost === undefined ? {} : { publicHost }),
    },
    given,
  )
}

const HELP = `
Examples:
  $ touchstone mock relay
  $ touchstone mock relay --port 0 --control-port 0 --json
  $ touchstone mock relay --dialect deployed --seed 1
  $ touchstone mock relay --name north --peer south=http://127.0.0.1:9080
  $ touchstone mock mstore
  $ touchstone mock mstore --plain --accept-uri absolute
  $ touchstone mock mstore --host 0.0.0.0 --public-host 192.0.2.7
`
